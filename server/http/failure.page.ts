import type { Locale } from '../../shared/kit/locale'
import { escapeHtml } from './docs'

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 32rem; padding: 3rem 1rem }
  h1 { font-size: 1.25rem; margin: 0 0 .75rem }
  p { margin: 0 0 .75rem; overflow-wrap: anywhere }`

/** What the page says, in the reader's language. `support` is the link to whoever helps; null for none. */
export type FailureWords = { locale: Locale; text: string; support: { url: string; label: string } | null }

/** A failure for somebody who opened a link in a browser: a sentence instead of a problem document. Works without a script. */
export function failurePage({ locale, text, support }: FailureWords, nonce: string): string {
  const help = support === null ? '' : `<p><a href="${escapeHtml(support.url)}" rel="noreferrer">${escapeHtml(support.label)}</a></p>`
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Orgdesk</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>Orgdesk</h1><p>${escapeHtml(text)}</p>${help}</main></body></html>`
}
