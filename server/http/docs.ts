import { contract } from '../../shared/api/contract'
import type { Endpoint } from '../../shared/api/endpoint'

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in HTML. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
  table { border-collapse: collapse; width: 100% }
  td, th { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #8884 }
  code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
  .tag { opacity: .7; font-size: 13px }`

/** The page at `/docs`: the contract for reading; nothing on it runs. `/openapi.json` is the same for machines. */
export function docsPage(nonce: string): string {
  const rows = Object.entries(contract).map(([key, entry]) => rowOf(key, entry)).join('\n')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Orgdesk API</title><style nonce="${nonce}">${STYLE}</style></head>
<body><h1>Orgdesk API</h1>
<p>JSON over HTTPS, <code>Authorization: Bearer</code> with the token of your identity provider. The same for machines: <a href="/openapi.json">openapi.json</a>.</p>
<table><thead><tr><th>Endpoint</th><th>What it does</th><th>Refusals</th></tr></thead><tbody>
${rows}
</tbody></table></body></html>`
}

function rowOf(key: string, entry: Endpoint): string {
  const marks = [entry.planned ? 'dry_run' : '', entry.version ? 'If-Match' : '', entry.who].filter((mark) => mark !== '')
  return `<tr id="${escapeHtml(key)}"><td><code>${entry.method} ${escapeHtml(entry.path)}</code></td><td>${escapeHtml(entry.summary)}<br><span class="tag">${escapeHtml(marks.join(' · '))}</span></td><td><code>${escapeHtml(entry.errors.join(' '))}</code></td></tr>`
}
