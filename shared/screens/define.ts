import type { ActionDef, Env, Needs, Params, Replies, ScreenDef } from './vocabulary'

/** A screen whose replies' types are known to itself only: what hosts and the registry handle. */
export type AnyScreen = ScreenDef<Record<string, unknown>>
/** An action whose reply's type is known to itself only. */
export type AnyAction = ActionDef<unknown>

/** Erases the replies' types in one place; `needs` and `view` of one screen keep agreeing through `R`. */
export const defineScreen = <R>(def: ScreenDef<R>): AnyScreen => def as unknown as AnyScreen

/** Erases the reply's type in one place; `request` and `then` of one action keep agreeing through `T`. */
export const defineAction = <T>(def: ActionDef<T>): AnyAction => def as unknown as AnyAction

/** Parameters that may hold anything: for screens whose parameters are free filters. */
export const anyParams = (params: Params): { ok: true; params: Params } => ({ ok: true, params })

/** Parameters of which `names` must be there: a deep link without them is refused. */
export const needParams = (...names: string[]) => (params: Params): ReturnType<AnyScreen['parse']> => {
  const missing = names.filter((name) => !params[name])
  return missing.length === 0 ? { ok: true, params } : { ok: false, issues: missing.map((path) => ({ code: 'field.required', path })) }
}

/** Leaves out parameters without a value, so that equal links are equal. */
export const compact = (params: Record<string, string | undefined>): Params =>
  Object.fromEntries(Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''))

/** Values that a screen needs nothing for. */
export const needsNothing = (): Needs<Record<never, never>> => ({})
export type { Env, Replies }
