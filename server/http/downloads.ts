import type { FastifyInstance } from 'fastify'
import { failure } from '../../shared/errors'
import type { OpenDownload } from '../actions/downloads/downloads'
import { localeFor } from './caller'
import type { Limiter } from './limits'
import type { Phrase } from './problem'
import { sendFailure, sendFile } from './respond'

/** What the links to files need. */
export type DownloadsDeps = { openDownload: OpenDownload; limiter: Limiter; clock: () => Date; phrase: Phrase }

const TICKET = /^[A-Za-z0-9_-]{43}$/

/**
 * `GET /v1/downloads/{ticket}`: outside of the contract, because a browser opens it without a token. The
 * ticket is the secret; it works once, so what is opened can neither be kept by a cache nor run anything.
 */
export function registerDownloads(app: FastifyInstance, { openDownload, limiter, clock, phrase }: DownloadsDeps): void {
  app.get<{ Params: { ticket: string } }>('/v1/downloads/:ticket', { exposeHeadRoute: false, config: { pattern: '/v1/downloads/{ticket}' } }, async (request, reply) => {
    const now = clock()
    const locale = localeFor(request, null)
    const waitS = limiter.take(`ip ${request.ip}`, 'read', now.getTime())
    if (waitS !== null) return sendFailure(request, reply, { code: 'limit.reached', issues: [], retryAfterS: waitS }, locale, phrase)
    if (!TICKET.test(request.params.ticket)) return sendFailure(request, reply, failure('not_found'), locale, phrase)
    const opened = await openDownload(request.params.ticket, { requestId: request.id, ip: request.ip, now })
    if (!opened.ok) return sendFailure(request, reply, opened.failure, locale, phrase)
    if ('planned' in opened) throw new Error('a download has no plan')
    return sendFile(reply.header('content-security-policy', "sandbox; default-src 'none'"), 200, opened.value)
  })
}
