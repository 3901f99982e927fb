import type { Call } from '../shared/api/call'
import { fromResponse, toRequest } from '../shared/api/client'
import type { WireRequest, WireResponse } from '../shared/api/wire'
import type { ErrorCode, Failure } from '../shared/errors'
import type { FileRef } from '../shared/kit/file'
import { localeOf } from '../shared/kit/locale'
import { failed, type Result } from '../shared/kit/result'
import type { Host, HostEvent, HostRequest, SignedBytes } from './host/host'

/** A call, and the key under which a repeat of it is recognized. */
export type Sending<R> = { call: Call<R>; idempotencyKey?: string }

/** What sending needs of the host; `pasted` finds the text that a person pasted. */
export type Sender = { host: Pick<Host, 'attachmentBytes' | 'fetchAll' | 'identityToken' | 'locale'>; event: HostEvent; pasted(id: string): string | null }

const failedWith = (code: ErrorCode): { ok: false; failure: Failure } => failed({ code, issues: [] })

const contentOf = (file: FileRef, { host, event, pasted }: Sender): string | SignedBytes | null =>
  file.source === 'pasted' ? pasted(file.id) : file.source === 'attachment' ? host.attachmentBytes(event, file.id) : null

/** The request with its file read; null when the file is gone. */
const toHostRequest = (request: WireRequest, token: string, sender: Sender): HostRequest | null => {
  const body = request.file ? contentOf(request.file, sender) : request.body
  if (request.file && body === null) return null
  return { method: request.method, path: request.path, body, headers: { ...request.headers, Authorization: `Bearer ${token}`, 'Accept-Language': localeOf(sender.host.locale(sender.event)), 'Orgdesk-Client': 'gmail' } }
}

/**
 * Sends calls as one parallel batch and gives back what each received, in order. Without an identity
 * nothing is sent (`auth.required`); a call whose file is gone fails alone (`host.refused`).
 */
export const sendRaw = (sendings: readonly Sending<unknown>[], sender: Sender): Result<WireResponse, Failure>[] => {
  if (sendings.length === 0) return []
  const token = sender.host.identityToken()
  if (token === null) return sendings.map(() => failedWith('auth.required'))
  const requests = sendings.map(({ call, idempotencyKey }) => toHostRequest(toRequest(call, { idempotencyKey }), token, sender))
  const sent = requests.filter((request): request is HostRequest => request !== null)
  const replies = sent.length === 0 ? [] : sender.host.fetchAll(sent)
  let next = 0
  return requests.map((request) => (request === null ? failedWith('host.refused') : (replies[next++] ?? failedWith('network.unreachable'))))
}

/** What a call brought, from what was received. */
export const readReply = <R>(call: Call<R>, received: Result<WireResponse, Failure>): Result<R, Failure> =>
  received.ok ? fromResponse(call, received.value) : received

/** Sends one call. */
export const sendOne = <R>(sending: Sending<R>, sender: Sender): Result<R, Failure> =>
  readReply(sending.call, sendRaw([sending], sender)[0] ?? failedWith('network.unreachable'))

