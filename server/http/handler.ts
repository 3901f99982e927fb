import type { Readable } from 'node:stream'
import type { Contract, EndpointKey, ParamsOf, QueryOf, BodyOf, ReplyOf } from '../../shared/api/contract'
import type { Plan } from '../../shared/change-plan'
import type { Failure } from '../../shared/errors'
import type { Locale } from '../../shared/kit/locale'
import type { Client } from '../../shared/logs/logs.model'
import type { Identity } from '../identity/identity'
import type { Viewer } from '../identity/viewer'

/** What every handler knows of the request, whoever sent it. `now` is the same moment for all that it does. */
export type RequestBasics = {
  requestId: string
  ip: string
  client: Client
  locale: Locale
  now: Date
  /** The version that the caller has seen, from `If-Match`. */
  version: number | null
  /** Only plan: change nothing. */
  dryRun: boolean
  /** Refuse with `plan.changed` unless the plan still has this digest. */
  digest: string | null
  /** What the payment provider signed the bytes with. */
  signature: string | null
  /** The bytes' media type where the body is a file. */
  mediaType: string
  /** Set where the caller sent `Idempotency-Key`: the change and this row are stored together. */
  repeat: Repeat | null
}

/** One write that may be sent again: the same key and body get the same answer. */
export type Repeat = { actor: string; route: string; key: string; bodyHash: string }

type IdentityOf<K extends EndpointKey> = Contract[K]['who'] extends 'user' | 'identity' ? Identity : Identity | null
type ViewerOf<K extends EndpointKey> = Contract[K]['who'] extends 'user' ? Viewer : Viewer | null

/** What a handler of one endpoint knows: a `user` endpoint has a viewer, an `identity` endpoint an identity. */
export type RequestContext<K extends EndpointKey = EndpointKey> = RequestBasics & { identity: IdentityOf<K>; viewer: ViewerOf<K>; serviceOrganizationId: string | null }

/** A file as an answer, with headers of its own; text is sent as UTF-8. */
export type FileAnswer = {
  mediaType: string
  name: string
  content: string | Uint8Array | Readable
  headers?: Record<string, string>
  /** Called once the whole file has left this machine; not where its reader went away before. */
  onSent?: () => Promise<void>
}

type Answer<K extends EndpointKey> = Contract[K]['reply'] extends 'csv' | 'file' ? FileAnswer : ReplyOf<K>

/** What came of a request: its value, the plan of a dry run, or a coded failure. Never thrown. */
export type Outcome<T> = { ok: true; value: T } | { ok: true; planned: { plan: Plan; digest: string } } | { ok: false; failure: Failure }

/** What of a request is parsed before a handler sees it. */
export type HandlerInput<K extends EndpointKey> = { params: ParamsOf<K>; query: QueryOf<K>; body: BodyOf<K> }

/** Answers one endpoint of the contract. */
export type Handler<K extends EndpointKey> = (input: HandlerInput<K>, ctx: RequestContext<K>) => Promise<Outcome<Answer<K>>>

/** The endpoints that http answers by itself. */
export type TransportKey = 'stream.read'

/** One handler for each endpoint that http does not answer itself: a forgotten one does not compile. */
export type Handlers = { [K in Exclude<EndpointKey, TransportKey>]: Handler<K> }

/** An outcome that brings a value. */
export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })

/** An outcome that refuses. `extra` is what the refusal carries: the current record, the new plan. */
export const refused = (code: Failure['code'], rest: Partial<Omit<Failure, 'code'>> = {}): { ok: false; failure: Failure } => ({ ok: false, failure: { code, issues: [], ...rest } })
