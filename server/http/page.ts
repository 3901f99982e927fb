import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { FastifyReply } from 'fastify'
import { contentPolicy, type RouteKind, type Surroundings } from './headers'

/** What the pages are told about the server that they belong to. No secrets: everybody reads it. */
export type PageConfig = {
  publicUrl: string
  mode: 'demo' | 'production'
  supportUrl: string | null
  messageOrigin: string | null
  /** The provider that people sign in with in a browser; null where none is configured for it. */
  identity: { kind: string; authority: string; clientId: string; scope: string; metadata: Record<string, unknown> | null } | null
}

const NONCE = /__CSP_NONCE__/g
const OFFICE_SCRIPT = /https:\/\/appsforoffice\.microsoft\.com\/lib\/1\/hosted\/office\.js/g
const NONCE_BYTES = 18

/** JSON that cannot end the element it stands in. */
const inertJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

/**
 * A built page with what only the running server knows: a new nonce, and its configuration in a
 * `<script type="application/json" id="config">`, which runs nothing. Null where the page is not built.
 */
export async function fillPage(file: string, config: PageConfig, nonce: string): Promise<string | null> {
  const html = await readFile(file, 'utf8').catch(() => null)
  if (html === null) return null
  const filled = html.replace(NONCE, nonce).replace('</head>', `<script type="application/json" id="config">${inertJson({ ...config, nonce })}</script></head>`)
  // The demo's panes run in the preview, which stands in for Outlook.
  return config.mode === 'demo' ? filled.replace(OFFICE_SCRIPT, '/preview/office.js') : filled
}

/** A nonce for one answer. */
export const newNonce = (): string => randomBytes(NONCE_BYTES).toString('base64')

/** Sends HTML under the policy of its kind; never kept by caches, because its nonce must not be. */
export function sendHtml(reply: FastifyReply, html: string, kind: RouteKind, nonce: string, surroundings: Surroundings): FastifyReply {
  return reply
    .header('content-security-policy', contentPolicy(kind, nonce, surroundings))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html)
}
