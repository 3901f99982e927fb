import type { FrontErrorCode, ServerErrorCode } from '../../shared/errors'

/**
 * Why there is no token:
 * `auth.required` nobody is signed in and no window may be shown, `auth.cancelled` the person closed
 * the window, `auth.popup_blocked` no window could be opened (ask for a click and try again),
 * `network.*` the identity provider did not answer, `host.refused` anything else it or the host said.
 */
export type AuthCode = Extract<ServerErrorCode | FrontErrorCode, 'auth.required' | 'auth.cancelled' | 'auth.popup_blocked' | 'network.unreachable' | 'network.timeout' | 'host.refused'>

/** Why MSAL brought no token; `disabled` means that the mail client's own sign-in is switched off. */
export const MISSES = ['auth.required', 'auth.cancelled', 'auth.popup_blocked', 'network.unreachable', 'network.timeout', 'host.refused', 'disabled'] as const satisfies readonly (AuthCode | 'disabled')[]
export type Miss = (typeof MISSES)[number]

/** Error codes of MSAL, and those of OAuth that it passes on. */
const MISS_BY_CODE: Record<string, Miss> = {
  // The client knows nobody for us yet: MSAL does not count these among "interaction required".
  no_account_found: 'auth.required',
  no_account_error: 'auth.required',
  native_account_unavailable: 'auth.required',
  no_tokens_found: 'auth.required',
  refresh_token_expired: 'auth.required',
  interaction_required: 'auth.required',
  consent_required: 'auth.required',
  login_required: 'auth.required',
  bad_token: 'auth.required',
  ui_not_allowed: 'auth.required',
  interrupted_user: 'auth.required',
  invalid_grant: 'auth.required',
  user_cancelled: 'auth.cancelled',
  user_canceled: 'auth.cancelled',
  access_denied: 'auth.cancelled',
  interaction_in_progress_cancelled: 'auth.cancelled',
  popup_window_error: 'auth.popup_blocked',
  empty_window_error: 'auth.popup_blocked',
  block_nested_popups: 'auth.popup_blocked',
  nested_app_auth_bridge_disabled: 'disabled',
  no_network_connectivity: 'network.unreachable',
  network_error: 'network.unreachable',
  post_request_failed: 'network.unreachable',
  get_request_failed: 'network.unreachable',
  endpoints_resolution_error: 'network.unreachable',
  timed_out: 'network.timeout',
}

const INTERACTION_REQUIRED = 'InteractionRequiredAuthError'

const textOf = (thrown: unknown, member: string): string => {
  const value: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, member) : undefined
  return typeof value === 'string' ? value : ''
}

/** What a thing that MSAL threw means to us. */
export const missOf = (thrown: unknown): Miss =>
  MISS_BY_CODE[textOf(thrown, 'errorCode')] ?? (textOf(thrown, 'name') === INTERACTION_REQUIRED ? 'auth.required' : 'host.refused')
