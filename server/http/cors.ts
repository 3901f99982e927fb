const METHODS = 'GET, POST, PUT, PATCH, DELETE'
const REQUEST_HEADERS = 'accept-language, authorization, content-type, idempotency-key, if-match, orgdesk-client, orgdesk-organization, plan-digest'
const SHOWN_HEADERS = 'retry-after, x-request-id'
const PREFLIGHT_MAX_AGE_S = '600'

/** Headers that let a page of an allowed origin read the answer: exact origins, never credentials. */
export function corsHeaders(origin: string | undefined, allowed: readonly string[]): Record<string, string> {
  if (origin === undefined || !allowed.includes(origin)) return { vary: 'Origin' }
  return { vary: 'Origin', 'access-control-allow-origin': origin, 'access-control-expose-headers': SHOWN_HEADERS }
}

/** What a preflight is told beside `corsHeaders`; null for an origin that may not call. */
export function preflightHeaders(origin: string | undefined, allowed: readonly string[]): Record<string, string> | null {
  if (origin === undefined || !allowed.includes(origin)) return null
  return { 'access-control-allow-methods': METHODS, 'access-control-allow-headers': REQUEST_HEADERS, 'access-control-max-age': PREFLIGHT_MAX_AGE_S }
}
