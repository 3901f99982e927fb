import * as v from 'valibot'

const path = v.pipe(v.string(), v.regex(/^\/[^/\\]/))
const origin = v.pipe(v.string(), v.url(), v.check((text) => new URL(text).origin === text))

const configSchema = v.object({
  /** Identity provider; https, as MSAL wants it, even where `authorityMetadata` names other addresses. */
  authority: v.pipe(v.string(), v.url(), v.startsWith('https://')),
  clientId: v.pipe(v.string(), v.nonEmpty()),
  /** The scope of our API; a token for anything else is of no use. */
  scope: v.pipe(v.string(), v.nonEmpty()),
  /** The provider's discovery document, for providers whose own can't be fetched; text or object. */
  authorityMetadata: v.optional(v.union([v.string(), v.pipe(v.record(v.string(), v.unknown()), v.transform((metadata) => JSON.stringify(metadata)))])),
  /** Hosts of providers other than Microsoft's. */
  knownAuthorities: v.optional(v.array(v.string())),
  /** The page that popups come back to. Its siblings `blank.html` and `dialog.html` belong to it. */
  redirectPath: path,
  /** Where tracked messages live; null where there are none. */
  messageOrigin: v.optional(v.nullable(origin), null),
  supportUrl: v.optional(v.nullable(v.pipe(v.string(), v.url())), null),
})

/** What the server tells the pane, in the page itself. */
export type Config = v.InferOutput<typeof configSchema>

const ELEMENT_ID = 'orgdesk-config'

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The configuration of the page, null where it has none or a broken one: then nothing can be shown but that. */
export const readConfig = (document: Document): Config | null => {
  const parsed = v.safeParse(configSchema, jsonIn(document.getElementById(ELEMENT_ID)?.textContent ?? ''))
  return parsed.success ? parsed.output : null
}
