import * as v from 'valibot'

const webAddress = v.pipe(v.string(), v.url())
const origin = v.pipe(webAddress, v.check((text) => new URL(text).origin === text))

/** What the server writes into its pages; the parts that the pane needs. */
const pageSchema = v.object({
  supportUrl: v.nullable(webAddress),
  messageOrigin: v.nullable(origin),
  identity: v.object({
    kind: v.string(),
    authority: webAddress,
    clientId: v.pipe(v.string(), v.nonEmpty()),
    scope: v.pipe(v.string(), v.nonEmpty()),
    metadata: v.nullable(v.record(v.string(), v.unknown())),
  }),
})

/** What the pane must know before it can show anything. */
export type Config = {
  /** Identity provider; https, as MSAL wants it, even where `authorityMetadata` names other addresses. */
  authority: string
  clientId: string
  /** The scope of our API; a token for anything else is of no use. */
  scope: string
  /** The provider's discovery document as JSON, for providers whose own can't be fetched. */
  authorityMetadata?: string
  /** Hosts of a provider other than Microsoft's. */
  knownAuthorities?: string[]
  /** The page that popups come back to. Its siblings `blank.html` and `dialog.html` belong to it. */
  redirectPath: string
  /** Where tracked messages live; null where there are none. */
  messageOrigin: string | null
  supportUrl: string | null
}

const HTTP = /^http:/
const HTTPS = /^https:/

/** MSAL takes https only. Where the page brings the discovery document, the authority is but a name, so it may be told so. */
const authorityOf = (authority: string, hasMetadata: boolean): string => (hasMetadata ? authority.replace(HTTP, 'https:') : authority)

const ELEMENT_ID = 'config'
const REDIRECT_PATH = '/outlook/auth/redirect.html'
const MICROSOFT = 'microsoft'

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The configuration of the page, null where it has none, a broken one, or no provider to sign in with. */
export const readConfig = (document: Document): Config | null => {
  const parsed = v.safeParse(pageSchema, jsonIn(document.getElementById(ELEMENT_ID)?.textContent ?? ''))
  if (!parsed.success) return null
  const { identity: { kind, clientId, scope, metadata }, messageOrigin, supportUrl } = parsed.output
  const authority = authorityOf(parsed.output.identity.authority, metadata !== null)
  if (!HTTPS.test(authority)) return null
  return {
    authority, clientId, scope, messageOrigin, supportUrl,
    redirectPath: REDIRECT_PATH,
    ...(metadata && { authorityMetadata: JSON.stringify(metadata) }),
    ...(kind !== MICROSOFT && { knownAuthorities: [new URL(authority).host] }),
  }
}
