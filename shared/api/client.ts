import type { Failure } from '../errors'
import type { Result } from '../kit/result'
import type { Call } from './call'
import { contract, type EndpointKey } from './contract'
import type { Endpoint } from './endpoint'
import { replyOf, requestOf, type WireRequest, type WireResponse } from './wire'

/** One row of the contract, for those who have all of it. */
export const rowOf = (key: EndpointKey): Endpoint => contract[key]

/** `requestOf` with the whole contract at hand. */
export const toRequest = (call: Call<unknown>, options?: { idempotencyKey?: string }): WireRequest => requestOf(rowOf(call.endpoint), call, options)

/** `replyOf` with the whole contract at hand. */
export const fromResponse = <R>(call: Call<R>, response: WireResponse): Result<R, Failure> => replyOf(rowOf(call.endpoint), call, response)
