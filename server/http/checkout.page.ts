import type { FastifyInstance } from 'fastify'
import type { Locale } from '../../shared/kit/locale'
import { wordsOf } from '../mail/words'
import { localeFor } from './caller'
import { escapeHtml } from './docs'
import type { Surroundings } from './headers'
import { newNonce, sendHtml } from './page'

/** Where the provider's page leads back to: after paying, or without having paid. */
const ENDS = ['paid', 'left'] as const

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 30rem; padding: 2rem 1rem }
  h1 { font-size: 1.4rem }`

/** Serves the two pages that paying ends on. They only say so: what was paid is told by the provider's notice. */
export function registerCheckoutPages(app: FastifyInstance, surroundings: Surroundings): void {
  for (const end of ENDS) {
    app.get(`/checkout/${end}`, async (request, reply) => {
      const nonce = newNonce()
      return sendHtml(reply, pageOf(end, localeFor(request, null), nonce), 'docs', nonce, surroundings)
    })
  }
}

function pageOf(end: (typeof ENDS)[number], locale: Locale, nonce: string): string {
  const words = wordsOf(locale)
  const [title, text] = [words(`checkout.${end}_title`), words(`checkout.${end}_text`)].map(escapeHtml)
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body></html>`
}
