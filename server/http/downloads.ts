import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { failure, type Failure } from '../../shared/errors'
import type { OpenDownload } from '../actions/downloads/downloads'
import { wordsOf } from '../mail/words'
import { headerOf, localeFor } from './caller'
import { downloadPage } from './download.page'
import { failurePage } from './failure.page'
import type { Limiter } from './limits'
import { newNonce, sendHtml } from './page'
import type { PagesDeps } from './pages'
import { toProblem, type Phrase } from './problem'
import { sendFailure, sendFile } from './respond'

/** What the links to files need. */
export type DownloadsDeps = { openDownload: OpenDownload; limiter: Limiter; clock: () => Date; phrase: Phrase; pages: PagesDeps }

type Addressed = { Params: { ticket: string } }
const FORM_BYTES = 1024
const TICKET = /^[A-Za-z0-9_-]{43}$/
/** Browsers name HTML when they open a link; programs that fetch a file do not. */
const WANTS_PAGE = /(^|[,\s])text\/html\b/i

/**
 * `GET /v1/downloads/{ticket}`: outside of the contract, because a browser opens it without a token. The
 * ticket is the secret; it works once, so what is opened can neither be kept by a cache nor run anything.
 * A mailed one shows a page first, whose button posts to the same address.
 */
export function registerDownloads(app: FastifyInstance, deps: DownloadsDeps): void {
  const options = { exposeHeadRoute: false, config: { pattern: '/v1/downloads/{ticket}' } }
  app.get<Addressed>('/v1/downloads/:ticket', options, (request, reply) => answer(request, reply, false, deps))
  app.post<Addressed>('/v1/downloads/:ticket', { ...options, bodyLimit: FORM_BYTES }, (request, reply) => answer(request, reply, true, deps))
}

async function answer(request: FastifyRequest<Addressed>, reply: FastifyReply, pressed: boolean, deps: DownloadsDeps): Promise<FastifyReply> {
  const now = deps.clock()
  const waitS = deps.limiter.take(`ip ${request.ip}`, 'read', now.getTime())
  if (waitS !== null) return tell(request, reply, { code: 'limit.reached', issues: [], retryAfterS: waitS }, deps)
  if (!TICKET.test(request.params.ticket)) return tell(request, reply, failure('not_found'), deps)
  const opened = await deps.openDownload(request.params.ticket, { requestId: request.id, ip: request.ip, now, pressed })
  if (!opened.ok) return tell(request, reply, opened.failure, deps)
  if ('planned' in opened) throw new Error('a download has no plan')
  if (!('ask' in opened.value)) return sendFile(reply.header('content-security-policy', "sandbox; default-src 'none'"), 200, opened.value)
  const nonce = newNonce()
  return sendHtml(reply, downloadPage({ ...opened.value.ask, nonce, t: wordsOf(opened.value.ask.locale) }), 'sign_in', nonce, deps.pages.surroundings)
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
