/** Why the embedded PostgreSQL could not be started; `detail` is for the operator's terminal, never for a screen. */
export type PostgresProblem = {
  code:
    | 'store.in_use'
    | 'store.platform_unsupported'
    | 'store.binaries_missing'
    | 'store.account_unavailable'
    | 'store.init_failed'
    | 'store.not_started'
  detail: string
}

/** Either the value or the one problem that stopped the step. */
export type Attempt<T> = { ok: true; value: T } | { ok: false; problem: PostgresProblem }

/** A refused step. */
export function refuse(code: PostgresProblem['code'], detail: string): { ok: false; problem: PostgresProblem } {
  return { ok: false, problem: { code, detail } }
}

/** The message of anything thrown by the operating system or the driver. */
export function messageOf(error: unknown): string {
  // Told by shape: an error may come from another realm than ours.
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error)
  return String(error.message)
}

/** The `code` of an operating system or PostgreSQL error (`ENOENT`, `57P03`), or '' when there is none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return String(error.code)
}

/** One line for the operator's terminal. */
export function describeProblem(problem: PostgresProblem): string {
  return `orgdesk: ${problem.detail} (${problem.code})`.replaceAll('\n', ' | ')
}
