import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import StripeClient from 'stripe'
import type { CheckoutPayment } from '../../server/payment/payment'
import { createStripePayment } from '../../server/payment/stripe'
import { NOW } from './store'

/** A page for paying as Stripe remembers it. */
export type FakeSession = { id: string; url: string; status: 'open' | 'complete' | 'expired'; payment_status: 'paid' | 'unpaid'; metadata: Record<string, string>; asked: URLSearchParams }

/** What the fake does with the next request: answers, does it and says nothing, refuses, or is away. */
export type Mood = 'answers' | 'cuts' | 'refuses' | 'is_away'

/** A Stripe of our own on loopback, and the real port with the real client library on it. */
export type FakeStripe = {
  payment: CheckoutPayment
  /** Settings of a server that takes the fake for Stripe. */
  env: Record<string, string>
  /** Pages by the key of the request that opened them: the same key never opens a second one. */
  sessions: Map<string, FakeSession>
  /** How often a page was asked for. */
  asked: () => number
  /** What the operator was told. */
  reports: object[]
  setMood: (mood: Mood) => void
  /** A notice as Stripe sends it: its bytes and its signature. */
  notice: (type: string, session: Partial<FakeSession>, more?: { id?: string; secret?: string; at?: Date }) => { body: string; signature: string }
  close: () => Promise<void>
}

const KEY = 'sk_test_of_nobody'
const SECRET = 'whsec_of_the_test'
/** Where Stripe has its pages; a browser of a test never gets there. */
export const PAGES = 'https://checkout.stripe.com/c/pay/'
const PUBLIC_URL = 'https://orgdesk.example'

const read = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/** Opens the fake on a port of its own. */
export async function openStripe(): Promise<FakeStripe> {
  const sessions = new Map<string, FakeSession>()
  const reports: object[] = []
  let mood: Mood = 'answers'
  let asked = 0
  let notices = 0
  const open = (key: string, form: URLSearchParams): FakeSession => {
    const id = `cs_test_${sessions.size + 1}`
    const metadata = Object.fromEntries(['organizationId', 'orderId'].map((name) => [name, form.get(`metadata[${name}]`) ?? '']))
    const session: FakeSession = sessions.get(key) ?? { id, url: `${PAGES}${id}`, status: 'open', payment_status: 'unpaid', metadata, asked: form }
    sessions.set(key, session)
    return session
  }
  const server = createServer((request, reply) => void (async () => {
    const text = await read(request)
    const answer = (status: number, body: object): void => void reply.writeHead(status, { 'content-type': 'application/json', 'stripe-should-retry': 'false' }).end(JSON.stringify(body))
    if (mood === 'is_away') return answer(503, { error: { type: 'api_error', message: 'away' } })
    const known = [...sessions.values()].find(({ id }) => request.url?.endsWith(`/${id}`))
    if (request.method === 'GET') return known === undefined ? answer(404, { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'no' } }) : answer(200, known)
    asked += 1
    if (mood === 'refuses') return answer(400, { error: { type: 'invalid_request_error', code: 'amount_too_small', message: 'no' } })
    const session = open(String(request.headers['idempotency-key']), new URLSearchParams(text))
    if (mood === 'cuts') return void request.socket.destroy()
    answer(200, { ...session, object: 'checkout.session' })
  })())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const payment = await createStripePayment({ secretKey: KEY, webhookSecret: SECRET, publicUrl: PUBLIC_URL, report: (problem) => reports.push(problem), api: url })
  return {
    payment, sessions, reports,
    env: { STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: SECRET, STRIPE_API_URL: url },
    asked: () => asked,
    setMood: (next) => { mood = next },
    notice: (type, session, { id = `evt_${(notices += 1)}`, secret = SECRET, at = NOW } = {}) => {
      const body = JSON.stringify({ id, object: 'event', type, api_version: '2025-01-01', created: Math.floor(at.getTime() / 1000), data: { object: { object: 'checkout.session', ...session } } })
      return { body, signature: StripeClient.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: Math.floor(at.getTime() / 1000) }) }
    },
    close: () => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}
