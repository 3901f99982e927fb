import type { ActionRef, Link, Params } from '../../shared/screens/vocabulary'
import type { Action, OnClick } from './card'
import { utf8Bytes } from './text'

/** Where a click came from: the screen, the inputs drawn with it, and how many auxiliary cards lie on the screen's own card. */
export type Origin = { here: Link; inputs: readonly string[]; depth: number }

/**
 * Everything that a click can mean. `open` and `replace` lead to a screen; `do` starts an action; `confirm` and
 * `retry` go on with an attempt that the runner keeps under `attempt`; the others draw the same screen otherwise.
 */
export type Click =
  | { kind: 'open' | 'replace'; to: Link }
  | { kind: 'do'; ref: ActionRef }
  | { kind: 'confirm' | 'retry'; attempt: string }
  | { kind: 'close' | 'search' | 'clear' | 'redraw' }
  | { kind: 'row'; row: string }
  | { kind: 'choose'; block: string }
  | { kind: 'part'; block: string; from: number }
  | { kind: 'rest'; from: number }
  | { kind: 'copy'; text: string }
  | { kind: 'keep'; field: string; value: string }

/** Clicks that do not come from the screen's own inputs. */
const IGNORES_INPUTS: readonly Click['kind'][] = ['confirm', 'retry', 'close']

const own = (click: Click): Record<string, string> => {
  switch (click.kind) {
    case 'open':
    case 'replace':
      return { to: click.to.screen, tp: JSON.stringify(click.to.params) }
    case 'do':
      return { a: click.ref.action, g: JSON.stringify(click.ref.args), l: click.ref.label, ...(click.ref.tone ? { t: click.ref.tone } : {}) }
    case 'confirm':
    case 'retry':
      return { i: click.attempt }
    case 'row':
      return { r: click.row }
    case 'choose':
      return { b: click.block }
    case 'part':
      return { b: click.block, o: String(click.from) }
    case 'rest':
      return { o: String(click.from) }
    case 'copy':
      return { v: click.text }
    case 'keep':
      return { v: click.value, r: click.field }
    default:
      return {}
  }
}

/** A click as the parameters of Gmail's action: strings only. */
export const toParameters = (click: Click, from: Origin): Record<string, string> => ({
  k: click.kind,
  s: from.here.screen,
  ...(Object.keys(from.here.params).length > 0 ? { p: JSON.stringify(from.here.params) } : {}),
  ...(from.depth > 0 ? { n: String(from.depth) } : {}),
  ...(from.inputs.length > 0 && !IGNORES_INPUTS.includes(click.kind) ? { f: from.inputs.join(',') } : {}),
  ...own(click),
})

const PARAMETER_BYTES = 1500

const sizeOf = (parameters: Record<string, string>): number => utf8Bytes(JSON.stringify(parameters))

/** Whether a text is short enough to travel with a click. */
export const fits = (click: Click, from: Origin): boolean => sizeOf(toParameters(click, from)) <= PARAMETER_BYTES

const actionOf = (name: string, parameters: Record<string, string>): Action => ({
  function: name,
  parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })),
  loadIndicator: 'SPINNER',
})

/** A click as the action of a widget; `required` names inputs that Gmail itself insists on. */
export const actionFor = (click: Click, from: Origin, required: readonly string[] = []): Action => ({
  ...actionOf('onAction', toParameters(click, from)),
  ...(required.length > 0 ? { requiredWidgets: [...required] } : {}),
})

/** A click as a widget's `onClick`. */
export const onClick = (click: Click, from: Origin, required: readonly string[] = []): OnClick => ({ action: actionFor(click, from, required) })

/** The action that completes what is typed into `input`, by an endpoint. */
export const suggestFor = (input: string, endpoint: string, from: Origin): Action => actionOf('onSuggest', { s: from.here.screen, r: input, e: endpoint })

/** A click as it came back. `screen` and `action` are what the parameters say: not known to exist. */
export type ReadClick = {
  kind: string
  here: { screen: string; params: Params }
  to: { screen: string; params: Params }
  depth: number
  inputs: string[]
  ref: { action: string; args: Params; label: string; tone?: 'primary' | 'danger' }
  attempt: string
  row: string
  block: string
  from: number
  text: string
}

const readParams = (json: string | undefined): Params => {
  try {
    const value: unknown = JSON.parse(json ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return {}
  }
}

const readCount = (text: string | undefined): number => {
  const n = Number(text ?? '0')
  return Number.isInteger(n) && n > 0 ? n : 0
}

/** Reads the parameters of a click; whatever is missing or broken becomes empty, never an exception. */
export const fromParameters = (given: Record<string, string>): ReadClick => ({
  kind: given['k'] ?? '',
  here: { screen: given['s'] ?? '', params: readParams(given['p']) },
  to: { screen: given['to'] ?? '', params: readParams(given['tp']) },
  depth: readCount(given['n']),
  inputs: (given['f'] ?? '').split(',').filter(Boolean),
  ref: { action: given['a'] ?? '', args: readParams(given['g']), label: given['l'] ?? '', ...(given['t'] === 'primary' || given['t'] === 'danger' ? { tone: given['t'] } : {}) },
  attempt: given['i'] ?? '',
  row: given['r'] ?? '',
  block: given['b'] ?? '',
  from: readCount(given['o']),
  text: given['v'] ?? '',
})
