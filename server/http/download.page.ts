import type { Locale } from '../../shared/kit/locale'
import type { MailWords } from '../mail/words'
import { escapeHtml } from './docs'

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 28rem; padding: 2rem 1rem }
  h1 { font-size: 1.25rem; overflow-wrap: anywhere }
  button { font: inherit; font-weight: 600; padding: .7rem 1.4rem; border: 0; border-radius: 6px; background: #0f6cbd; color: #fff; cursor: pointer }`

/** The page behind a mailed link: looking at it uses nothing up, its button does. Works without a script. */
export function downloadPage({ name, locale, nonce, t }: { name: string; locale: Locale; nonce: string; t: MailWords }): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(name)}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>${escapeHtml(name)}</h1><p>${escapeHtml(t('mails.export_page'))}</p>
<form method="post"><button>${escapeHtml(t('mails.export_download'))}</button></form>
</main></body></html>`
}
