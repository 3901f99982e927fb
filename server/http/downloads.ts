import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { failure, type Failure } from '../../shared/errors'
import type { OpenDownload } from '../actions/downloads/downloads'
import { headerOf, localeFor } from './caller'
import { failurePage } from './failure.page'
import type { Limiter } from './limits'
import { newNonce, sendHtml } from './page'
import type { PagesDeps } from './pages'
import { toProblem, type Phrase } from './problem'
import { sendFailure, sendFile } from './respond'

/** What the links to files need. */
export type DownloadsDeps = { openDownload: OpenDownload; limiter: Limiter; clock: () => Date; phrase: Phrase; pages: PagesDeps }

const TICKET = /^[A-Za-z0-9_-]{43}$/
/** Browsers name HTML when they open a link; programs that fetch a file do not. */
const WANTS_PAGE = /(^|[,\s])text\/html\b/i

/**
 * `GET /v1/downloads/{ticket}`: outside of the contract, because a browser opens it without a token. The
 * ticket is the secret; it works once, so what is opened can neither be kept by a cache nor run anything.
 */
export function registerDownloads(app: FastifyInstance, deps: DownloadsDeps): void {
  const { openDownload, limiter, clock } = deps
  app.get<{ Params: { ticket: string } }>('/v1/downloads/:ticket', { exposeHeadRoute: false, config: { pattern: '/v1/downloads/{ticket}' } }, async (request, reply) => {
    const now = clock()
    const waitS = limiter.take(`ip ${request.ip}`, 'read', now.getTime())
    if (waitS !== null) return tell(request, reply, { code: 'limit.reached', issues: [], retryAfterS: waitS }, deps)
    if (!TICKET.test(request.params.ticket)) return tell(request, reply, failure('not_found'), deps)
    const opened = await openDownload(request.params.ticket, { requestId: request.id, ip: request.ip, now })
    if (!opened.ok) return tell(request, reply, opened.failure, deps)
    if ('planned' in opened) throw new Error('a download has no plan')
    return sendFile(reply.header('content-security-policy', "sandbox; default-src 'none'"), 200, opened.value)
  })
}

/** A person reads a sentence, a program the problem document. */
function tell(request: FastifyRequest, reply: FastifyReply, lost: Failure, { phrase, pages }: DownloadsDeps): FastifyReply {
  const locale = localeFor(request, null)
  if (!WANTS_PAGE.test(headerOf(request, 'accept') ?? '')) return sendFailure(request, reply, lost, locale, phrase)
  const { status, headers, body } = toProblem(lost, request.id, locale, phrase)
  const { supportUrl } = pages.config
  const support = supportUrl === null ? null : { url: supportUrl, label: phrase(locale, 'common.support') }
  const nonce = newNonce()
  return sendHtml(reply.code(status).headers(headers), failurePage({ locale, text: body.title, support }, nonce), 'docs', nonce, pages.surroundings)
}
