import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Failure } from '../../shared/errors'
import type { Locale } from '../../shared/kit/locale'
import type { FileAnswer } from './handler'
import { toProblem, type Phrase } from './problem'

/** Sends a failure as its problem document. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, lost: Failure, locale: Locale, phrase: Phrase): FastifyReply {
  const problem = toProblem(lost, request.id, locale, phrase)
  return reply.code(problem.status).headers(problem.headers).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem.body))
}

/** Answers with a file to keep, under its own name. */
export function sendFile(reply: FastifyReply, status: number, file: FileAnswer): FastifyReply {
  // What was sent is sent: a note of it that fails must not look like a failed request.
  if (file.onSent !== undefined) reply.raw.once('finish', () => void file.onSent?.().catch(() => undefined))
  const type = file.mediaType.startsWith('text/') ? `${file.mediaType}; charset=utf-8` : file.mediaType
  return reply.code(status).headers(file.headers ?? {}).header('content-type', type).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`).send(file.content)
}
