import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyError, FastifyInstance } from 'fastify'
import { contentPolicy, type RouteKind, type Surroundings } from './headers'
import { fillPage, newNonce, sendHtml, type PageConfig } from './page'

/** Where the built fronts lie, and what their pages are told. */
export type PagesDeps = { distDir: string; config: PageConfig; surroundings: Surroundings }

type Page = { path: string; file: string; kind: RouteKind }

const PAGES: readonly Page[] = [
  { path: '/outlook/taskpane.html', file: 'outlook/taskpane.html', kind: 'pane' },
  { path: '/outlook/auth/redirect.html', file: 'outlook/auth/redirect.html', kind: 'redirect' },
  { path: '/outlook/auth/dialog.html', file: 'outlook/auth/dialog.html', kind: 'pane' },
  { path: '/outlook/auth/blank.html', file: 'outlook/auth/blank.html', kind: 'redirect' },
  { path: '/activate', file: 'outlook/activate.html', kind: 'activation' },
]
const DEMO_PAGES: readonly Page[] = [
  { path: '/', file: 'preview/index.html', kind: 'preview' },
  { path: '/gmail/', file: 'preview/gmail.html', kind: 'gmail_preview' },
]
const HASHED = /\.[0-9a-f]{16,}\.[a-z0-9]+$/
const YEAR_S = 31_536_000

/** Serves the built fronts: pages are filled for each reader, everything else lies still. */
export async function registerPages(app: FastifyInstance, deps: PagesDeps): Promise<void> {
  const isDemo = deps.config.mode === 'demo'
  for (const { path, file, kind } of isDemo ? [...PAGES, ...DEMO_PAGES] : PAGES) {
    app.get(path, async (_request, reply) => {
      const nonce = newNonce()
      const html = await fillPage(join(deps.distDir, file), deps.config, nonce)
      return html === null ? reply.callNotFound() : sendHtml(reply, html, kind, nonce, deps.surroundings)
    })
  }
  const folders = isDemo ? ['outlook', 'preview', 'gmail'] : ['outlook']
  await app.register(async (files) => {
    // Folders, paths that lead out and bytes that are no text: whatever the files refuse does not exist.
    files.setErrorHandler((error: FastifyError, _request, reply) => {
      if ((error.statusCode ?? 500) >= 500) throw error
      reply.callNotFound()
    })
    for (const folder of folders) await registerFolder(files, deps, folder)
  })
}

async function registerFolder(app: FastifyInstance, { distDir, surroundings }: PagesDeps, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(distDir, folder),
    prefix: `/${folder}/`,
    decorateReply: false,
    index: false,
    // A page that came past its filling would have no policy of its own.
    allowedPath: (path) => !path.endsWith('.html'),
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', HASHED.test(path) ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
      reply.header('content-security-policy', contentPolicy('api', '', surroundings))
    },
  })
}

