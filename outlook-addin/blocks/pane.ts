import { createContext, useContext } from 'react'
import type { EndpointKey } from '../../shared/api/contract'
import type { Translate } from '../../shared/i18n/translate'
import type { FileRef } from '../../shared/kit/file'
import type { Locale } from '../../shared/kit/locale'
import type { Instant } from '../../shared/kit/result'
import type { Suggestion } from '../../shared/screens/find'
import type { ActionRef, Draft, Link, Params } from '../../shared/screens/vocabulary'

/** What a person has changed on the screen; parts that are absent stay as they are, a file that is null leaves. */
export type DraftChange = { values?: Draft['values']; selected?: Draft['selected']; files?: Record<string, FileRef | null> }

/** Everything that a block may ask of the shell around it. Blocks hold no state that a redraw may not lose. */
export type Pane = {
  t: Translate
  locale: Locale
  now: Instant
  draft: Draft
  /** Parameters of the screen that is drawn. */
  params: Params
  /** `actionKey` of the action that is under way; null when none is. */
  busy: string | null
  /** True while the next page is on its way. */
  loadingMore: boolean
  /** The element that scrolls, for long lists; null before it is there. */
  scroller: HTMLElement | null
  run(ref: ActionRef): void
  open(link: Link): void
  change(change: DraftChange): void
  /** Draws the same screen with other parameters. */
  search(params: Params): void
  /** Appends the page behind a cursor. */
  more(cursor: string): void
  /** Says a sentence to everybody, screen readers too: why something is refused, that a text was copied. */
  tell(text: string): void
  copy(text: string): void
  /** Keeps the bytes until the request goes out; the draft knows the reference only. */
  keepFile(file: File): FileRef
  keepText(text: string, name: string): FileRef
  /** The same function on every drawing. */
  suggest(endpoint: EndpointKey, typed: string): Promise<Suggestion[]>
}

const Context = createContext<Pane | null>(null)

/** Gives the blocks below it their pane. */
export const PaneProvider = Context.Provider

/** The pane around a block; a block outside of one is a bug. */
export const usePane = (): Pane => {
  const pane = useContext(Context)
  if (pane === null) throw new Error('a block was drawn outside of a pane')
  return pane
}

/** Tells one use of an action from another: the same id with the same arguments is the same action. */
export const actionKey = (ref: Pick<ActionRef, 'action' | 'args'>): string => JSON.stringify([ref.action, Object.entries(ref.args).sort()])
