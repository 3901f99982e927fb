import type { Call } from '../../shared/api/call'
import { fromResponse, toRequest } from '../../shared/api/client'
import { failure, type Failure } from '../../shared/errors'
import { failed, type Result } from '../../shared/kit/result'

const TIMEOUT_MS = 20_000
const KEY_BYTES = 16

/** A fresh key for a request that may be repeated. */
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Sends one call for somebody who is not signed in. */
export const send = async <R>(call: Call<R>, idempotencyKey?: string): Promise<Result<R, Failure>> => {
  const request = toRequest(call, { idempotencyKey })
  try {
    const reply = await fetch(request.path, { method: request.method, headers: { ...request.headers, 'Orgdesk-Client': 'web' }, body: request.body, credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
    return fromResponse(call, { status: reply.status, headers: { 'retry-after': reply.headers.get('retry-after') ?? undefined }, text: await reply.text() })
  } catch (reason) {
    return failed(failure(reason instanceof DOMException && reason.name === 'TimeoutError' ? 'network.timeout' : 'network.unreachable'))
  }
}
