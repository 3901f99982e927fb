import type { Me } from '../access/me.model'
import { call, type Call } from '../api/call'
import type { Failure } from '../errors'
import { failureScreen, isRetryable, retryRef } from './failure.screen'
import type { AnyScreen } from './define'
import { SCREEN_IDS, type ScreenId } from './ids'
import type { Block, Draft, Env, Link, Loaded, Params, Screen } from './vocabulary'

/** A draft in which nothing has been done. */
export const emptyDraft = (): Draft => ({ values: {}, selected: [], files: {} })

/** One key for a screen with its parameters and the open mail: drafts and late replies are told apart by it. */
export const screenKey = (link: Link, env: Pick<Env, 'mail'>): string =>
  JSON.stringify([link.screen, Object.entries(link.params).sort(), env.mail?.key ?? ''])

export type Opened = { ok: true; id: ScreenId; screen: AnyScreen; params: Params } | { ok: false; screen: Screen }

/** Screens by id: all of them, or as many as a host has loaded. */
export type Screens = Partial<Record<ScreenId, AnyScreen>>

/** Whether a link names a screen at all. */
export const isScreenId = (id: string): id is ScreenId => SCREEN_IDS.some((known) => known === id)

/** Finds a screen by its link; a bad deep link becomes a failure screen with a way home. */
export const openScreen = (link: { screen: string; params: Params }, screens: Screens, env: Env): Opened => {
  const screen = isScreenId(link.screen) ? screens[link.screen] : undefined
  if (screen === undefined) return { ok: false, screen: failureScreen({ code: 'screen.unknown', issues: [] }, env) }
  const parsed = screen.parse(link.params)
  if (!parsed.ok) return { ok: false, screen: failureScreen({ code: 'screen.unknown', issues: parsed.issues }, env) }
  return { ok: true, id: screen.id, screen, params: parsed.params }
}

const VIEWER = '$viewer'

/**
 * Everything that a screen needs, as one parallel batch. The viewer is asked for in the same batch
 * while nobody knows them, unless one of the screen's own replies carries them.
 */
export const batchOf = (screen: AnyScreen, params: Params, env: Env): Record<string, Call<unknown>> => {
  const needs: Record<string, Call<unknown>> = screen.needs(params, env)
  const carried = screen.viewerFrom !== undefined && screen.viewerFrom in needs
  return env.viewer === null && !carried ? { ...needs, [VIEWER]: call('me.get', {}) } : needs
}

/** The viewer that a batch brought, if it brought one. */
export const viewerOf = (screen: AnyScreen, replies: Record<string, Loaded<unknown>>): Me | null => {
  const reply = replies[VIEWER] ?? (screen.viewerFrom === undefined ? undefined : replies[screen.viewerFrom])
  // The contract's parser has checked the reply; `viewerFrom` names one that carries a `viewer`, or is one.
  if (!reply?.ok) return null
  const value = reply.value as Me | { viewer: Me }
  return 'viewer' in value ? value.viewer : value
}

const requiredFailure = (screen: AnyScreen, replies: Record<string, Loaded<unknown>>): Failure | null => {
  for (const [name, reply] of Object.entries(replies)) {
    if (!reply.ok && !screen.optional?.includes(name)) return reply.failure
  }
  return null
}

/** What failed alone and may well come with the next try: the rest is shown, and that something is missing is said. */
const lostParts = (screen: AnyScreen, replies: Record<string, Loaded<unknown>>, env: Env): Block[] =>
  Object.entries(replies).some(([name, reply]) => !reply.ok && screen.optional?.includes(name) && isRetryable(reply.failure))
    ? [{ is: 'notice', tone: 'warning', text: env.t('failure.part'), actions: [retryRef(env)] }]
    : []

/**
 * Draws a screen from its replies: total. A failed required reply, and a view that throws, become a
 * failure screen with a next step.
 */
export const drawScreen = (screen: AnyScreen, replies: Record<string, Loaded<unknown>>, params: Params, draft: Draft, env: Env): Screen => {
  const here: Link = { screen: screen.id, params }
  const lost = requiredFailure(screen, replies)
  if (lost) return failureScreen(lost, env, here)
  if (env.viewer !== null && env.viewer.user === null && !screen.withoutUser) return failureScreen({ code: 'auth.unknown_identity', issues: [] }, env, here)
  try {
    const drawn = screen.view(replies, params, draft, env)
    return { ...drawn, blocks: [...lostParts(screen, replies, env), ...drawn.blocks] }
  } catch {
    return failureScreen({ code: 'screen.broken', issues: [] }, env, here)
  }
}

function joinPages(first: Block, next: Block): Block {
  if (first.is === 'people' && next.is === 'people') return { ...next, rows: [...first.rows, ...next.rows] }
  if (first.is === 'table' && next.is === 'table') return { ...next, rows: [...first.rows, ...next.rows] }
  if (first.is === 'timeline' && next.is === 'timeline') return { ...next, entries: [...first.entries, ...next.entries] }
  if (first.is === 'section' && next.is === 'section') return { ...first, blocks: joinAll(first.blocks, next.blocks) }
  return first
}

/** The block of the next page that goes on with one that is shown: a section is known by its title, the others by their place among their kind. */
const sameIn = (next: readonly Block[], block: Block, place: number): Block | undefined =>
  (block.is === 'section' ? next.find((other) => other.is === 'section' && other.title === block.title) : next.filter(({ is }) => is === block.is)[place])

/** A part that failed only this time moves no others. */
const joinAll = (shown: readonly Block[], next: readonly Block[]): Block[] => shown.map((block, i) => {
  const other = sameIn(next, block, shown.slice(0, i).filter(({ is }) => is === block.is).length)
  return other === undefined ? block : joinPages(block, other)
})

/** The next page's rows behind those already shown, in sections, too. Everything else stays as it was. */
export const appendPage = (shown: Screen, next: Screen): Screen => ({ ...shown, blocks: joinAll(shown.blocks, next.blocks) })

/** The parameters that ask for the page behind `cursor`. */
export const pageParams = (params: Params, cursor: string): Params => ({ ...params, cursor })
