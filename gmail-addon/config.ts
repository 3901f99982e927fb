import type { Origins } from '../shared/screens/vocabulary'

/** Written by the build from the configured addresses; the last two are empty where there is none. */
declare const __PUBLIC_URL__: string
declare const __MESSAGE_ORIGIN__: string
declare const __SUPPORT_URL__: string

/** What differs from one installation to another: `origins` without a trailing slash, `supportUrl` null where there is none. */
export type Config = { origins: Origins; supportUrl: string | null }

const orNull = (text: string): string | null => (text === '' ? null : text)

/** The configuration that this bundle was built with. */
export const builtConfig = (): Config => ({ origins: { app: __PUBLIC_URL__, message: orNull(__MESSAGE_ORIGIN__) }, supportUrl: orNull(__SUPPORT_URL__) })
