import type { Plan } from '../change-plan'
import type { FileRef } from '../kit/file'
import type { BodyIn, Contract, EndpointKey, ParamsOf, QueryIn, ReplyOf } from './contract'

/** A request that has not been sent: what the host will send, as data. `R` is what it brings. */
export type Call<R> = {
  endpoint: EndpointKey
  params: Record<string, string>
  query: Record<string, string | undefined>
  body: unknown
  /** The file whose bytes are the body; the host resolves it when it sends. */
  file?: FileRef
  /** Sent as `If-Match`. */
  version?: number
  /** Sent as `Plan-Digest`. */
  digest?: string
  dryRun?: true
  /** Sent as `Orgdesk-Organization`: which organization's user one is from now on. */
  organization?: string
  /** Never present: carries the type of the reply. */
  readonly brings?: R
}

type Optional<K extends string, T> = [T] extends [never] ? { [P in K]?: undefined } : { [P in K]?: T }
type Needed<K extends string, T> = [T] extends [never] ? { [P in K]?: undefined } : { [P in K]: T }
type ParamsArg<K extends EndpointKey> = keyof ParamsOf<K> extends never ? { params?: undefined } : { params: ParamsOf<K> }
type BodyArg<K extends EndpointKey> = Contract[K] extends { body: 'bytes' } ? { file: FileRef } : Contract[K] extends { bodyOptional: true } ? Optional<'body', BodyIn<K>> : Needed<'body', BodyIn<K>>

/** What an endpoint takes from a front. */
export type CallInput<K extends EndpointKey> = ParamsArg<K> & Optional<'query', QueryIn<K>> & BodyArg<K> & { version?: number; digest?: string; organization?: string }

const toCall = <R>(endpoint: EndpointKey, input: object): Call<R> => {
  const given = input as Partial<Pick<Call<R>, 'params' | 'query' | 'body' | 'file' | 'version' | 'digest' | 'organization'>>
  return { endpoint, params: given.params ?? {}, query: given.query ?? {}, body: given.body, file: given.file, version: given.version, digest: given.digest, organization: given.organization }
}

/** A call by the endpoint's key, typed by the contract. */
export const call = <K extends EndpointKey>(endpoint: K, input: CallInput<K>): Call<ReplyOf<K>> => toCall(endpoint, input)

/** The keys of writes that can be planned first. */
export type PlannedKey = { [K in EndpointKey]: Contract[K] extends { planned: true } ? K : never }[EndpointKey]

/** The dry run of a planned write: brings what it would do and changes nothing. */
export const dryRun = <K extends PlannedKey>(endpoint: K, input: CallInput<K>): Call<{ plan: Plan; digest: string }> => ({ ...toCall<{ plan: Plan; digest: string }>(endpoint, input), dryRun: true })
