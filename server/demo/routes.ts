import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { failure } from '../../shared/errors'
import { localeOf } from '../../shared/kit/locale'
import { headerOf } from '../http/caller'
import type { Surroundings } from '../http/headers'
import { parseJsonBody } from '../http/json'
import { newNonce, sendHtml } from '../http/page'
import { parseInput } from '../http/parse'
import type { Phrase } from '../http/problem'
import { sendFailure } from '../http/respond'
import { readAddress } from '../identity/address'
import type { DemoKeys } from './keys'
import type { Mailbox } from './mailbox'
import type { DemoProvider } from './provider'
import { signInPage } from './sign-in.page'
import { demoAccounts, signDemoToken } from './token'

/** What the demo's own routes need. `provider` is made on first use. */
export type DemoDeps = { publicUrl: string; keys: DemoKeys; mailbox: Mailbox; provider: () => Promise<DemoProvider>; clock: () => Date; newId: () => string; surroundings: Surroundings; phrase: Phrase }

const tokenSchema = v.strictObject({ email: v.pipe(v.string('field.invalid'), v.check((text) => readAddress(text) !== null, 'email.malformed')) })

/** Registers sign-in, tokens and mailboxes of the demo: open to anybody, which is why the demo listens on loopback only. */
export async function registerDemoRoutes(app: FastifyInstance, deps: DemoDeps): Promise<void> {
  app.get('/demo/accounts', async () => ({ items: demoAccounts() }))
  app.post('/demo/token', (request, reply) => sendToken(request, reply, deps))
  app.get<{ Params: { email: string } }>('/demo/mailbox/:email', (request, reply) => reply.send({ items: deps.mailbox.list(request.params.email) }))
  app.get('/oidc/interaction/:uid', (request, reply) => showSignIn(request, reply, deps))
  app.post('/oidc/interaction/:uid', (request, reply) => signIn(request, reply, deps))
  app.all('/oidc/*', {
    // Before the body is read: the provider reads it itself.
    onRequest: async (request, reply) => {
      const provider = await deps.provider()
      reply.hijack()
      provider.handle(request.raw, reply.raw, request.url.slice('/oidc'.length))
    },
  }, async () => undefined)
}

async function sendToken(request: FastifyRequest, reply: FastifyReply, deps: DemoDeps): Promise<FastifyReply> {
  const json = parseJsonBody(request.body instanceof Buffer ? request.body.toString() : '')
  const body = json.ok ? parseInput(tokenSchema, json.value) : json
  if (!body.ok) return sendFailure(request, reply, body.failure, localeOf(headerOf(request, 'accept-language')), deps.phrase)
  const { email } = v.parse(tokenSchema, body.value)
  const address = readAddress(email)
  if (address === null) return sendFailure(request, reply, failure('request.invalid'), 'en', deps.phrase)
  return reply.send({ token: await signDemoToken(deps.publicUrl, deps.keys, address.key, deps.clock(), deps.newId()) })
}

async function showSignIn(request: FastifyRequest, reply: FastifyReply, deps: DemoDeps): Promise<FastifyReply> {
  const provider = await deps.provider()
  const pending = await provider.pending(request.raw, reply.raw).catch(() => null)
  if (pending === null) {
    reply.callNotFound()
    return reply
  }
  const hinted = readAddress(pending.hint)
  if (hinted !== null && !pending.isForced) return finish(request, reply, provider, hinted.key)
  const nonce = newNonce()
  const page = signInPage({ action: request.url, locale: localeOf(headerOf(request, 'accept-language')), hint: hinted?.address ?? '', nonce })
  return sendHtml(reply, page, 'sign_in', nonce, deps.surroundings)
}

async function signIn(request: FastifyRequest, reply: FastifyReply, deps: DemoDeps): Promise<FastifyReply> {
  const form = new URLSearchParams(request.body instanceof Buffer ? request.body.toString() : '')
  const address = readAddress(form.get('email') ?? '')
  if (address === null) return reply.redirect(request.url, 303)
  return finish(request, reply, await deps.provider(), address.key)
}

async function finish(request: FastifyRequest, reply: FastifyReply, provider: DemoProvider, email: string): Promise<FastifyReply> {
  reply.hijack()
  await provider.finish(request.raw, reply.raw, email).catch(() => reply.raw.writeHead(400).end())
  return reply
}
