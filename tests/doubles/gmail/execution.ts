import { cardCapProblems } from './card-caps'
import { heldBy } from './cards/fields'
import type { BuiltKind, State } from './cards/kinds'
import { mailAccessOf, type Manifest } from './manifest'
import type { FakeMail } from './services/gmail-app'
import { createServices } from './services/services'
import type { CacheContent, PropertiesContent } from './services/stores'
import type { FetchLog } from './services/url-fetch'
import { Breach, breach } from './strict'
import type { Transport } from './transport'

/** A script that has been loaded: its global functions. The event arrives as JSON, so that it is an object of the script's own realm. */
export type Realm = { has(name: string): boolean; call(name: string, eventJson: string): unknown }

/** Loads a script with exactly these globals beside the language's own. */
export type Evaluate = (code: string, globals: Record<string, unknown>) => Realm

export type ExecutionSettings = {
  code: string
  manifest: Manifest
  evaluate: Evaluate
  transport: Transport
  identityToken: () => string | null
  /** Scopes of the manifest that the person did not grant. */
  denied: readonly string[]
  locale: string
  nowMs: () => number
  newId: () => string
}

/** What outlives one execution. */
export type Kept = { cache: CacheContent; properties: PropertiesContent; printed: string[] }

/** The open mail and whether the person has clicked on the card beside it. */
export type OpenMail = { mail: FakeMail; accessToken: string; clicked: boolean }

/** One finished execution; `batches` are its fetches, one list per parallel batch. */
export type Execution = { kind: BuiltKind | 'cards'; states: State[]; batches: FetchLog[][]; elapsedMs: number }

const MAX_MS = 30_000

const asAnswer = (value: unknown): Pick<Execution, 'kind' | 'states'> => {
  if (typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function') return breach('an entry function answers at once, not with a promise')
  if (Array.isArray(value)) {
    const held = value.map(heldBy)
    if (held.length === 0 || held.some((one) => one?.kind !== 'Card')) return breach('an entry function answers with cards')
    return { kind: 'cards', states: held.flatMap((one) => (one ? [one.state] : [])) }
  }
  const held = heldBy(value)
  if (held?.kind === 'Card') return { kind: 'cards', states: [held.state] }
  if (held?.kind === 'ActionResponse' || held?.kind === 'SuggestionsResponse' || held?.kind === 'UniversalActionResponse') return { kind: held.kind, states: [held.state] }
  return breach(`an entry function answers with cards or a response, not with ${held?.kind ?? typeof value}`)
}

const afterBreaches = (breaches: readonly Breach[]): void => {
  if (breaches.length > 0) throw new Breach([...new Set(breaches.map(({ message }) => message))].join('\n'))
}

/**
 * Runs one global function as Apps Script would: the script is loaded anew, so nothing but caches and
 * properties lives on. Throws a `Breach` for every rule that was broken, even if the script caught it.
 */
export const execute = (settings: ExecutionSettings, kept: Kept, open: OpenMail | null, name: string, event: object): Execution => {
  const breaches: Breach[] = []
  const report = (one: Breach): void => void breaches.push(one)
  const batches: FetchLog[][] = []
  let sleptMs = 0
  const nowMs = () => settings.nowMs() + sleptMs
  const scopes = settings.manifest.oauthScopes.filter((scope) => !settings.denied.includes(scope))
  const prefixes = settings.manifest.addOns.common.openLinkUrlPrefixes
  const checkCard = (card: State): void => {
    const problems = cardCapProblems(card, { isGlobal: (global) => realm.has(global), linkPrefixes: prefixes })
    if (problems.length > 0) breach(problems.join('\n'))
  }
  const globals = createServices({
    ...settings, ...kept, report, checkCard, scopes, nowMs,
    fetch: { transport: settings.transport, whitelist: settings.manifest.urlFetchWhitelist, log: (batch) => void batches.push(batch) },
    mail: { open: () => open, access: mailAccessOf(scopes) },
    sleep: (ms) => void (sleptMs += ms),
    print: (line) => void kept.printed.push(line),
  })
  const startedMs = nowMs()
  const realm: Realm = settings.evaluate(settings.code, globals)
  if (!realm.has(name)) return breach(`${name} is no global of the bundle`)
  const value = calling(() => realm.call(name, JSON.stringify(event)), breaches)
  const elapsedMs = nowMs() - startedMs
  if (elapsedMs > MAX_MS) report(new Breach('an execution takes at most 30 s'))
  afterBreaches(breaches)
  return { ...asAnswer(value), batches, elapsedMs }
}

/** A breach explains more than what the script made of it. */
const calling = (call: () => unknown, breaches: readonly Breach[]): unknown => {
  try {
    return call()
  } catch (error) {
    afterBreaches(breaches)
    throw error
  }
}
