import type { Failure } from '../../shared/errors'
import type { Result } from '../../shared/kit/result'
import type { MailContext } from '../../shared/mail/mail.model'
import type { WireRequest, WireResponse } from '../../shared/api/wire'
import type { Card, Reply } from '../cards/card'

/** What Gmail hands to an entry function, as plain values. */
export type HostEvent = {
  /** Of the action that was clicked; `grid_item_identifier` is the item of a grid. */
  parameters: Record<string, string>
  /**
   * What the inputs of the card hold, by name. An emptied text and an unchecked box are absent, not
   * empty. Dates are `YYYY-MM-DD`, times `HH:MM`, both together an instant.
   */
  formInputs: Record<string, string[]>
  /** BCP 47, as the host says it. */
  locale: string | null
  timeZone: { id: string; offsetMs: number } | null
  platform: 'WEB' | 'IOS' | 'ANDROID' | null
  /** The open mail, if the card stands beside one. */
  mail: { messageId: string; accessToken: string } | null
}

/** Bytes as Apps Script counts them: -128 to 127. */
export type SignedBytes = number[]

/** A request whose file has become bytes; `path` is relative to the server's origin. */
export type HostRequest = Pick<WireRequest, 'method' | 'path' | 'headers'> & { body: string | SignedBytes | null }

/** The user's own cache: values up to 100 KB, kept at most 6 hours, possibly forgotten earlier. */
export type HostCache = {
  get(key: string): string | null
  /** False when the value is too large to keep; nothing is kept then. */
  put(key: string, value: string, forS: number): boolean
  remove(keys: string[]): void
}

/** What Gmail's runtime takes back: opaque here, built by the host alone. */
export type HostAnswer = object

/** All that the add-on may ask of Apps Script. Every function is synchronous. */
export type Host = {
  readEvent(event: unknown): HostEvent
  /** The open mail; null without one or when the host refuses it. Without the right to read, `text` and `links` are null. */
  openMail(event: HostEvent): MailContext | null
  /** The bytes of a `MailAttachment` by its id; null when it is gone or may not be read. */
  attachmentBytes(event: HostEvent, attachmentId: string): SignedBytes | null
  /** One parallel batch, replies in order. A request that got no reply is `network.unreachable`. */
  fetchAll(requests: HostRequest[]): Result<WireResponse, Failure>[]
  cache: HostCache
  /** Google's identity token of the person; null when they have not granted it. */
  identityToken(): string | null
  /** The language of the person's Gmail. */
  locale(event: HostEvent): string | null
  /** RFC 3339 in UTC. */
  now(): string
  /** A random UUID. */
  newId(): string
  /** The answer of a homepage, contextual or compose trigger: one card, or several that Gmail offers as a list. */
  showCards(cards: Card[]): HostAnswer
  /** The answer of a card's action. */
  answer(reply: Reply): HostAnswer
  /** The answer of a universal action (the add-on's own menu): cards or a link. */
  answerUniversal(reply: { cards: Card[] } | { openLink: string }): HostAnswer
}
