/** One HTTP request as the double's `UrlFetchApp` hands it on. */
export type TransportRequest = { method: string; url: string; headers: Record<string, string>; body: string | Uint8Array | null; timeoutMs: number }
export type TransportResponse = { status: number; headers: Record<string, string | string[]>; body: Uint8Array }

/**
 * Sends a batch in parallel and returns when all replies are there; throws when one got none.
 * Really synchronous: a worker thread in tests, a synchronous XHR in a browser.
 */
export type Transport = (requests: TransportRequest[]) => TransportResponse[]
