import type { Call } from '../shared/api/call'
import type { EndpointKey } from '../shared/api/contract'
import type { Endpoint } from '../shared/api/endpoint'
import { replyOf, requestOf, type WireRequest } from '../shared/api/wire'
import { failure, type ErrorCode, type Failure } from '../shared/errors'
import type { FileRef } from '../shared/kit/file'
import { arrived, failed, type Result } from '../shared/kit/result'
import type { Auth } from './auth/auth'
import { TIMED_OUT, type Http } from './http-slice'

/** `idempotencyKey` is minted on the first click and kept on every retry; `signal` gives the reply up. */
export type SendOptions = { idempotencyKey?: string; signal?: AbortSignal }

/** Sends one call and answers its value or a coded failure; never rejects. */
export type Send = <R>(call: Call<R>, options?: SendOptions) => Promise<Result<R, Failure>>

export type SendDeps = {
  auth: Pick<Auth, 'token'>
  /** The call's row of the contract; rejects where it can't be loaded. */
  row(endpoint: EndpointKey): Promise<Endpoint>
  /** Loaded with the first request, so that the first paint does not wait for it. */
  http: () => Promise<Http>
  /** Origin of the server, without a trailing slash; empty for the page's own. */
  origin: string
  readFile(file: FileRef): Promise<Result<Uint8Array, Failure>>
  /** The language of the screens, for answers that carry words. */
  locale: () => string
}

const READ_TIMEOUT_MS = 30_000
/** Uploads and plans of large imports take longer than reads. */
const WRITE_TIMEOUT_MS = 90_000
const STALE_TOKEN: readonly ErrorCode[] = ['auth.expired', 'auth.invalid']
const NO_ANSWER: readonly ErrorCode[] = ['network.unreachable', 'network.timeout']

type Wire = { entry: Endpoint; request: WireRequest; data: string | Uint8Array | undefined; signal: AbortSignal | undefined }

const answerOf = async (deps: SendDeps, wire: Wire, token: string): Promise<Result<Awaited<ReturnType<Http>>, Failure>> => {
  const { request } = wire
  try {
    const http = await deps.http()
    return arrived(await http({
      method: request.method,
      url: deps.origin + request.path,
      headers: { ...request.headers, Authorization: `Bearer ${token}`, 'Accept-Language': deps.locale(), 'Orgdesk-Client': 'outlook' },
      data: wire.data,
      signal: wire.signal,
      timeoutMs: request.method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS,
    }))
  } catch (reason) {
    return failed(failure(reason === TIMED_OUT ? 'network.timeout' : 'network.unreachable'))
  }
}

/** One attempt: a token, the request, its reply. */
const attempt = async <R>(deps: SendDeps, call: Call<R>, wire: Wire, fresh: boolean): Promise<Result<R, Failure>> => {
  const token = await deps.auth.token({ interactive: false, fresh })
  if (!token.ok) return failed(failure(token.code))
  const answer = await answerOf(deps, wire, token.token)
  return answer.ok ? replyOf(wire.entry, call, answer.value) : answer
}

/** Sends calls with the bearer token: once more with a fresh one where it was stale, once more where a read got no answer. */
export const createSend = (deps: SendDeps): Send => async <R>(call: Call<R>, options: SendOptions = {}) => {
  const entry = await deps.row(call.endpoint).catch(() => null)
  if (entry === null) return failed(failure('network.unreachable'))
  const request = requestOf(entry, call, { idempotencyKey: options.idempotencyKey })
  const bytes = request.file ? await deps.readFile(request.file) : null
  if (bytes !== null && !bytes.ok) return bytes
  const wire: Wire = { entry, request, data: bytes?.value ?? request.body ?? undefined, signal: options.signal }
  const first = await attempt(deps, call, wire, false)
  if (first.ok || options.signal?.aborted) return first
  if (STALE_TOKEN.includes(first.failure.code)) return attempt(deps, call, wire, true)
  const isRead = request.method === 'GET' || call.dryRun === true || call.endpoint === 'context.read'
  return isRead && NO_ANSWER.includes(first.failure.code) ? attempt(deps, call, wire, false) : first
}
