import type { FastifyRequest } from 'fastify'
import type { Endpoint } from '../../shared/api/endpoint'
import { failure, type Failure } from '../../shared/errors'
import { localeOf, type Locale } from '../../shared/kit/locale'
import { arrived, failed, type Result } from '../../shared/kit/result'
import { CLIENTS, type Client } from '../../shared/logs/logs.model'
import type { Directory } from '../identity/directory'
import type { Identity } from '../identity/identity'
import type { Verifier } from '../identity/verify'
import type { Viewer } from '../identity/viewer'

/** Who sent a request, as far as the endpoint asks. */
export type Caller = { identity: Identity | null; viewer: Viewer | null; serviceOrganizationId: string | null }

/** What finding out needs. */
export type CallerDeps = { verifier: Verifier; directory: Directory }

const NOBODY: Caller = { identity: null, viewer: null, serviceOrganizationId: null }
const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i
const FRONTS: readonly string[] = ['outlook', 'gmail', 'web']

/** One value of a header; null where it is absent or stands twice. */
export const headerOf = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The client that a front says it is, for the log only: nothing is decided by it. */
export function clientOf(request: FastifyRequest, identity: Identity | null): Client {
  const told = headerOf(request, 'orgdesk-client') ?? ''
  const known = CLIENTS.find((client) => client === told && FRONTS.includes(client))
  if (known !== undefined) return known
  return identity?.kind === 'google' ? 'gmail' : identity?.kind === 'microsoft' ? 'outlook' : 'web'
}

/** The reader's language: a user's own, else the first that the request accepts. */
export const localeFor = (request: FastifyRequest, viewer: Viewer | null): Locale => viewer?.language ?? localeOf(headerOf(request, 'accept-language'))

/** Finds out who is calling, as the endpoint asks: refused where a token is missing, wrong, or of nobody that may enter. */
export async function findCaller(request: FastifyRequest, entry: Endpoint, deps: CallerDeps, now: Date): Promise<Result<Caller, Failure>> {
  const header = headerOf(request, 'authorization')
  if (header === null) return entry.who === 'anyone' ? arrived(NOBODY) : failed(failure('auth.required'))
  const token = BEARER.exec(header)?.[1]
  if (token === undefined) return failed(failure('auth.invalid'))
  if (entry.who === 'service_key') return findService(token, deps)
  const verified = await deps.verifier.verify(token, now.getTime())
  if (!verified.ok) return verified
  const identity = verified.value
  if (entry.who === 'anyone') return arrived({ ...NOBODY, identity })
  const origin = { ip: request.ip, client: clientOf(request, identity), requestId: request.id, now }
  const entered = await deps.directory.enter(identity, headerOf(request, 'orgdesk-organization'), origin)
  if (entered.ok) return arrived({ identity, viewer: entered.value, serviceOrganizationId: null })
  return entry.who === 'identity' ? arrived({ ...NOBODY, identity }) : entered
}

async function findService(key: string, deps: CallerDeps): Promise<Result<Caller, Failure>> {
  const organizationId = await deps.directory.serviceKey(key)
  return organizationId === null ? failed(failure('auth.invalid')) : arrived({ ...NOBODY, serviceOrganizationId: organizationId })
}

/** Whose share of the limits a request uses. */
export function actorOf(caller: Caller, ip: string): string {
  if (caller.viewer !== null) return `user ${caller.viewer.organizationId} ${caller.viewer.userId}`
  if (caller.identity !== null) return `identity ${caller.identity.issuer} ${caller.identity.subject}`
  return caller.serviceOrganizationId === null ? `ip ${ip}` : `service ${caller.serviceOrganizationId}`
}
