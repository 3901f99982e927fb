import * as v from 'valibot'
import { meSchema, type Me } from '../../shared/access/me.model'
import { emptyDraft } from '../../shared/screens/lifecycle'
import type { Draft, Link, Tag } from '../../shared/screens/vocabulary'
import { hash } from '../cards/text'
import type { HostCache } from '../host/host'
import { attemptSchema, draftSchema, linkSchema, readJson, type Attempt } from './kept'

/**
 * What the add-on remembers between two clicks, in the person's own cache: it may be gone at any
 * moment, and nothing may then be worse than asking again. Every entry carries its full name, as
 * keys are hashed.
 */
export type Memory = {
  viewer(): Me | null
  keepViewer(viewer: Me): void
  /** The texts of a screen's replies, by name, unless a change of one of `tags` has made them stale. */
  replies(name: string, tags: readonly Tag[]): Record<string, string> | null
  keepReplies(name: string, tags: readonly Tag[], forS: number, texts: Record<string, string>): void
  /** Makes everything stale that depends on one of `tags`; `id` tells this change from any other. */
  forget(tags: readonly Tag[], id: string): void
  draft(screen: string): Draft
  keepDraft(screen: string, draft: Draft): void
  dropDraft(screen: string): void
  attempt(id: string): Attempt | null
  keepAttempt(attempt: Attempt): void
  dropAttempt(id: string): void
  /** Where a screen was opened from. */
  parent(screen: string): Link | null
  keepParent(screen: string, parent: Link): void
  /** False when it is too much to keep. */
  keepPasted(id: string, text: string): boolean
  pasted(id: string): string | null
}

const VIEWER_FOR_S = 300
const LONG_S = 6 * 60 * 60
/** At most three bytes each in UTF-8, so that a piece stays below what one entry holds. */
const PIECE_CHARS = 30_000
const MAX_PIECES = 40

const keyOf = (kind: string, name: string): string => `${kind}:${hash(name, 0x811c9dc5)}.${hash(name, 0x9e3779b9)}.${name.length.toString(36)}`

const read = <S extends v.GenericSchema>(cache: HostCache, schema: S, kind: string, name: string): v.InferOutput<S> | null => {
  const json = cache.get(keyOf(kind, name))
  const entry = json === null ? null : readJson(v.object({ name: v.string(), value: schema }), json)
  return entry !== null && entry.name === name ? entry.value : null
}

const write = (cache: HostCache, kind: string, name: string, value: unknown, forS: number): void => {
  cache.put(keyOf(kind, name), JSON.stringify({ name, value }), forS)
}

const texts = v.record(v.string(), v.string())
type Stamp = (tags: readonly Tag[]) => string

const knownPart = (cache: HostCache, stamp: Stamp): Pick<Memory, 'viewer' | 'keepViewer' | 'replies' | 'keepReplies'> => {
  const viewerSchema = v.object({ stamp: v.string(), viewer: meSchema })
  const repliesSchema = v.object({ stamp: v.string(), texts })
  let known: { stamp: string; viewer: Me } | null | undefined
  return {
    viewer() {
      known ??= read(cache, viewerSchema, 'viewer', '')
      return known !== null && known.stamp === stamp(['me']) ? known.viewer : null
    },
    keepViewer(viewer) {
      known = { stamp: stamp(['me']), viewer }
      write(cache, 'viewer', '', known, VIEWER_FOR_S)
    },
    replies(name, tags) {
      const entry = read(cache, repliesSchema, 'replies', name)
      return entry !== null && entry.stamp === stamp(tags) ? entry.texts : null
    },
    keepReplies: (name, tags, forS, kept) => write(cache, 'replies', name, { stamp: stamp(tags), texts: kept }, forS),
  }
}

const workPart = (cache: HostCache): Pick<Memory, 'draft' | 'keepDraft' | 'dropDraft' | 'attempt' | 'keepAttempt' | 'dropAttempt' | 'parent' | 'keepParent'> => ({
  draft: (screen) => read(cache, draftSchema, 'draft', screen) ?? emptyDraft(),
  keepDraft: (screen, draft) => write(cache, 'draft', screen, draft, LONG_S),
  dropDraft: (screen) => cache.remove([keyOf('draft', screen)]),
  attempt: (id) => read(cache, attemptSchema, 'attempt', id),
  keepAttempt: (attempt) => write(cache, 'attempt', attempt.id, attempt, LONG_S),
  dropAttempt: (id) => cache.remove([keyOf('attempt', id)]),
  parent: (screen) => read(cache, linkSchema, 'parent', screen),
  keepParent: (screen, parent) => write(cache, 'parent', screen, parent, LONG_S),
})

/** A text longer than one entry is kept in pieces; each says whether another follows. */
const pastedPart = (cache: HostCache): Pick<Memory, 'keepPasted' | 'pasted'> => {
  const piece = (id: string, i: number) => keyOf('pasted', `${id} ${i}`)
  return {
    keepPasted(id, text) {
      const count = Math.max(1, Math.ceil(text.length / PIECE_CHARS))
      if (count > MAX_PIECES) return false
      const kept = Array.from({ length: count }, (_, i) => cache.put(piece(id, i), `${i + 1 < count ? '+' : '.'}${text.slice(i * PIECE_CHARS, (i + 1) * PIECE_CHARS)}`, LONG_S))
      return kept.every(Boolean)
    },
    pasted(id) {
      let text = ''
      for (let i = 0; i < MAX_PIECES; i++) {
        const found = cache.get(piece(id, i))
        if (found === null) return null
        text += found.slice(1)
        if (found.startsWith('.')) return text
      }
      return null
    },
  }
}

/** The memory over the host's cache, for one execution. */
export const createMemory = (cache: HostCache): Memory => {
  let changes: Record<string, string> | null = null
  const lastChanges = (): Record<string, string> => (changes ??= read(cache, texts, 'changes', '') ?? {})
  const stamp: Stamp = (tags) => tags.map((tag) => lastChanges()[tag] ?? '').join(' ')
  return {
    ...knownPart(cache, stamp),
    ...workPart(cache),
    ...pastedPart(cache),
    forget(tags, id) {
      changes = { ...lastChanges(), ...Object.fromEntries(tags.map((tag) => [tag, id])) }
      write(cache, 'changes', '', changes, LONG_S)
    },
  }
}
