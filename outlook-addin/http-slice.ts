/** The slice of an HTTP library that is used: answers any status, rejects only where nothing answered. */
export type Http = (request: { method: string; url: string; headers: Record<string, string>; data?: string | Uint8Array; signal?: AbortSignal; timeoutMs: number }) => Promise<{ status: number; headers: Record<string, string | undefined>; text: string }>

/** What `Http` rejects with where the time ran out. */
export const TIMED_OUT = 'timed_out'
