import type * as v from 'valibot'
import type { ServerErrorCode } from '../errors'

/** Who may call: anybody, any valid identity, a linked active user, or the messaging service with its key. */
export type Caller = 'anyone' | 'identity' | 'user' | 'service_key'

/** What a body is on the wire: JSON by a schema, or bytes of a file (CSV, XLSX). */
export type BodyKind = v.GenericSchema | 'bytes'

/** What a reply is: JSON by a schema (strips what is not declared), text of one media type, a stream, or nothing. */
export type ReplyKind = v.GenericSchema | 'csv' | 'file' | 'stream' | 'none'

/**
 * One row of the contract. `planned` writes take `?dry_run=true` and `Plan-Digest`; `version` says
 * whether `If-Match` is required, optional or not read; `idempotent` writes take `Idempotency-Key`.
 */
export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: `/${string}`
  who: Caller
  summary: string
  query?: v.GenericSchema
  body?: BodyKind
  /** The body may be left out. */
  bodyOptional?: true
  reply: ReplyKind
  status?: 200 | 201 | 202 | 204
  planned?: true
  version?: 'required' | 'optional'
  errors: readonly ServerErrorCode[]
}

/** Keeps an entry's literal types while checking its shape. */
export const endpoint = <const E extends Endpoint>(entry: E): E => entry

type ParamNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamNames<Rest> : never
/** Path parameters by name, from the path itself: a misspelt one does not compile. */
export type PathParams<P extends string> = { [K in ParamNames<P>]: string }
