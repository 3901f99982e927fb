const TOKEN = /^[A-Za-z0-9_-]{20,200}$/

/** The part of a window that holds the address and the history. */
export type Place = { location: Pick<Location, 'hash' | 'pathname'>; history: Pick<History, 'state' | 'replaceState'> }

const kept = (state: unknown): string | null =>
  typeof state === 'object' && state !== null && 'token' in state && typeof state.token === 'string' ? state.token : null

/**
 * The token of the link that led here, null where there is none. It leaves the address bar at once, so
 * that no picture or copy of it tells the token; a reload still finds it.
 */
export const takeToken = ({ location, history }: Place): string | null => {
  const token = location.hash === '' ? kept(history.state) : location.hash.slice(1)
  if (location.hash !== '') history.replaceState({ token }, '', location.pathname)
  return token !== null && TOKEN.test(token) ? token : null
}
