import type { WireResponse } from '../../shared/api/wire'
import type { Failure } from '../../shared/errors'
import { arrived, failed, type Result } from '../../shared/kit/result'
import type { HostRequest } from './host'
import type { AppsScript, FetchRequest } from './vendor'

/** Below the 30 s of an execution, so that the person sees a card that says so instead of Gmail's own error. */
const TIMEOUT_S = 20

type Vendor = Pick<AppsScript, 'UrlFetchApp' | 'Utilities'>
type Method = GoogleAppsScript.URL_Fetch.HttpMethod

const METHODS: Record<HostRequest['method'], Method> = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' }

/** The media type is an option of its own in Apps Script, not a header. */
const withoutMediaType = (headers: HostRequest['headers']): { headers: Record<string, string>; contentType: string | undefined } => {
  const entries = Object.entries(headers)
  const contentType = entries.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  return { headers: Object.fromEntries(entries.filter(([name]) => name.toLowerCase() !== 'content-type')), contentType }
}

const toFetch = (vendor: Vendor, origin: string, request: HostRequest): FetchRequest => {
  const { headers, contentType } = withoutMediaType(request.headers)
  const options: FetchRequest = {
    url: origin + request.path,
    method: METHODS[request.method],
    headers,
    muteHttpExceptions: true,
    followRedirects: false,
    timeoutSeconds: TIMEOUT_S,
  }
  if (contentType !== undefined) options.contentType = contentType
  if (request.body !== null) options.payload = typeof request.body === 'string' ? request.body : vendor.Utilities.newBlob(request.body, contentType ?? 'application/octet-stream')
  return options
}

const toResponse = (response: GoogleAppsScript.URL_Fetch.HTTPResponse): WireResponse => ({
  status: response.getResponseCode(),
  headers: Object.fromEntries(Object.entries(response.getAllHeaders()).map(([name, value]) => [name.toLowerCase(), String(value)])),
  text: response.getContentText('UTF-8'),
})

/**
 * Sends one parallel batch; replies come in order, whatever their status. Apps Script fails a batch
 * as a whole when one host can't be reached or answers too late, and so does this.
 */
export const fetchAll = (vendor: Vendor, origin: string, requests: HostRequest[]): Result<WireResponse, Failure>[] => {
  if (requests.length === 0) return []
  try {
    const responses = vendor.UrlFetchApp.fetchAll(requests.map((request) => toFetch(vendor, origin, request)))
    return responses.map((response) => arrived(toResponse(response)))
  } catch {
    return requests.map(() => failed({ code: 'network.unreachable', issues: [] }))
  }
}
