import type * as v from 'valibot'
import { domainsContract } from './domains.contract'
import type { Endpoint, PathParams } from './endpoint'
import { licensesContract } from './licenses.contract'
import { logsContract } from './logs.contract'
import { organizationContract } from './organization.contract'
import { usersContract } from './users.contract'
import { viewerContract } from './viewer.contract'
import { workspacesContract } from './workspaces.contract'

/** The whole HTTP surface as one table: handlers are typed by its keys, fronts call by key, OpenAPI is made from it. */
export const contract = {
  ...viewerContract,
  ...organizationContract,
  ...usersContract,
  ...licensesContract,
  ...domainsContract,
  ...logsContract,
  ...workspacesContract,
} as const satisfies Record<string, Endpoint>

export type Contract = typeof contract
export type EndpointKey = keyof Contract

type SchemaIn<S> = S extends v.GenericSchema ? v.InferInput<S> : never
type SchemaOut<S> = S extends v.GenericSchema ? v.InferOutput<S> : never
type Field<K extends EndpointKey, F extends string> = Contract[K] extends { [X in F]: infer S } ? S : undefined

/** Path parameters of an endpoint; an empty object where it has none. */
export type ParamsOf<K extends EndpointKey> = PathParams<Contract[K]['path']>
/** What a front gives as query: text, as it stands on the wire. */
export type QueryIn<K extends EndpointKey> = SchemaIn<Field<K, 'query'>>
/** What a handler gets as query: parsed. */
export type QueryOf<K extends EndpointKey> = Field<K, 'query'> extends undefined ? Record<never, never> : SchemaOut<Field<K, 'query'>>
export type BodyIn<K extends EndpointKey> = SchemaIn<Field<K, 'body'>>
export type BodyOf<K extends EndpointKey> = Field<K, 'body'> extends 'bytes' ? Uint8Array : Field<K, 'bodyOptional'> extends true ? SchemaOut<Field<K, 'body'>> | undefined : SchemaOut<Field<K, 'body'>>
/** What the endpoint answers: the parsed record, text for `csv`, nothing for `none`. */
export type ReplyOf<K extends EndpointKey> = Field<K, 'reply'> extends 'none' | 'stream' ? undefined : Field<K, 'reply'> extends 'csv' | 'file' ? string : SchemaOut<Field<K, 'reply'>>
