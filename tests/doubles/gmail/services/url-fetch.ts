import { urlProblems } from '../card-caps'
import { breach, reported, strictObject, type Report } from '../strict'
import type { Transport, TransportRequest, TransportResponse } from '../transport'
import { contentOf, signed } from './blob'

/** One fetch that the bundle made. */
export type FetchLog = { method: string; url: string; status: number }

export type FetchSettings = { transport: Transport; whitelist: readonly string[]; report: Report; log: (batch: FetchLog[]) => void }

const METHODS = ['get', 'delete', 'patch', 'post', 'put']
const OPTIONS = ['url', 'contentType', 'headers', 'method', 'payload', 'validateHttpsCertificates', 'followRedirects', 'muteHttpExceptions', 'escaping', 'timeoutSeconds']
/** Apps Script sets these itself and refuses them. */
const FORBIDDEN_HEADERS = ['host', 'content-length', 'content-type', 'cookie', 'user-agent', 'connection']
const DEFAULT_TIMEOUT_S = 60

const asFields = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : breach('options are an object'))

const headersOf = (value: unknown): Record<string, string> => {
  const entries = Object.entries(value === undefined ? {} : asFields(value))
  for (const [name, text] of entries) {
    if (typeof text !== 'string') breach(`header ${name} is no text`)
    if (FORBIDDEN_HEADERS.includes(name.toLowerCase())) breach(`header ${name} can't be set`)
  }
  return Object.fromEntries(entries) as Record<string, string>
}

const bodyOf = (payload: unknown): TransportRequest['body'] => {
  if (payload === undefined) return null
  if (typeof payload === 'string') return payload
  return contentOf(payload)?.bytes ?? breach('a payload is a text or a blob')
}

const mediaTypeOf = (options: Record<string, unknown>): string =>
  (typeof options['contentType'] === 'string' ? options['contentType'] : contentOf(options['payload'])?.mediaType ?? 'application/x-www-form-urlencoded')

const toRequest = (settings: FetchSettings, value: unknown): TransportRequest => {
  const options = typeof value === 'string' ? { url: value } : asFields(value)
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (unknown !== undefined) breach(`fetch has no option ${unknown}`)
  const { url, method = 'get', timeoutSeconds = DEFAULT_TIMEOUT_S } = options
  for (const problem of urlProblems(url)) breach(problem)
  if (!settings.whitelist.some((prefix) => String(url).startsWith(prefix))) breach(`urlFetchWhitelist has no ${String(url)}`)
  if (!METHODS.includes(String(method))) breach(`no method ${String(method)}`)
  const body = bodyOf(options['payload'])
  const headers = headersOf(options['headers'])
  if (body !== null) headers['Content-Type'] = mediaTypeOf(options)
  return { method: String(method).toUpperCase(), url: String(url), headers, body, timeoutMs: Number(timeoutSeconds) * 1000 }
}

const toResponse = (report: Report, response: TransportResponse): object => {
  const headers = () => ({ ...response.headers })
  const textIn = (charset: unknown) => new TextDecoder(typeof charset === 'string' ? charset : 'utf-8').decode(response.body)
  return strictObject('HTTPResponse', {
    getAllHeaders: headers,
    getHeaders: headers,
    getResponseCode: () => response.status,
    getContent: () => signed(response.body),
    getContentText: (charset?: unknown) => textIn(charset),
  }, report)
}

const isMuted = (value: unknown): boolean => typeof value === 'object' && value !== null && 'muteHttpExceptions' in value && value.muteHttpExceptions === true

/** `UrlFetchApp` over a synchronous transport: https, whitelisted addresses of up to 2 KB, known options. */
export const createUrlFetch = (settings: FetchSettings): object => {
  const fetchAll = (values: unknown): object[] => {
    const list: unknown[] = Array.isArray(values) ? values : breach('requests are a list')
    const requests = list.map((value) => toRequest(settings, value))
    const responses = settings.transport(requests)
    settings.log(requests.map(({ method, url }, index) => ({ method, url, status: responses[index]?.status ?? 0 })))
    responses.forEach((response, index) => {
      if (response.status >= 400 && !isMuted(list[index])) throw new Error(`Request failed, returned code ${response.status}`)
    })
    return responses.map((response) => toResponse(settings.report, response))
  }
  const fetchOne = (url: unknown, options?: unknown): object | undefined => fetchAll([{ ...asFields(options ?? {}), url }])[0]
  return strictObject('UrlFetchApp', { fetchAll: reported(settings.report, fetchAll), fetch: reported(settings.report, fetchOne) }, settings.report)
}
