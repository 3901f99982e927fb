import axios, { AxiosHeaders, isAxiosError } from 'axios'
import { TIMED_OUT, type Http } from './http-slice'

const TIMEOUTS: readonly (string | undefined)[] = ['ECONNABORTED', 'ETIMEDOUT']

const textHeaders = (headers: unknown): Record<string, string | undefined> =>
  headers instanceof AxiosHeaders ? Object.fromEntries(Object.entries(headers.toJSON()).map(([name, value]) => [name.toLowerCase(), value === null || value === undefined ? undefined : String(value)])) : {}

/** Sends by axios. The body comes back as text: the contract's own parser reads it. */
export const axiosHttp: Http = async ({ timeoutMs, ...request }) => {
  try {
    const reply = await axios.request<string>({ ...request, timeout: timeoutMs, responseType: 'text', transformRequest: (data: unknown) => data, transformResponse: (text: unknown) => text, validateStatus: () => true, maxRedirects: 0 })
    return { status: reply.status, headers: textHeaders(reply.headers), text: typeof reply.data === 'string' ? reply.data : '' }
  } catch (reason) {
    if (isAxiosError(reason) && TIMEOUTS.includes(reason.code)) throw TIMED_OUT
    throw reason
  }
}

/** Opens a stream of text that lasts until `signal` ends it; rejects where none comes. */
export const fetchStream = async ({ url, ...request }: { url: string; headers: Record<string, string>; signal: AbortSignal }): Promise<ReadableStream<Uint8Array>> => {
  // The browser's own way: that of axios does no more here, and weighs 3 KB.
  const reply = await fetch(url, request)
  if (!reply.ok || reply.body === null) throw new Error(`no stream: ${reply.status}`)
  return reply.body
}
