import type { Failure } from '../../shared/errors'
import type { Result } from '../../shared/kit/result'
import type { MailAttachment, MailContext, MailPerson } from '../../shared/mail/mail.model'
import type { Ask } from './ask'
import { MAX_TEXT, linksOf } from './links'
import { isRead } from './office'
import type { MailItem } from './office'

/** What reading needs: how to ask, which Mailbox sets there are, and the page's HTML parser. */
export type Reading = { ask: Ask; supports: (version: string) => boolean; Parser: typeof DOMParser }

type Address = Pick<Office.EmailAddressDetails, 'emailAddress' | 'displayName'>
type Part = MailPerson['part']
type Attachment = Pick<Office.AttachmentDetails, 'id' | 'name' | 'size' | 'isInline' | 'attachmentType'> & { contentType?: string }

const TRACKING_HEADER = /^x-orgdesk-message:[ \t]*(.*(?:\r?\n[ \t].*)*)$/im
const FILE = 'file'

const peopleIn = (part: Part, addresses: (Address | null | undefined)[] | null | undefined): MailPerson[] =>
  (addresses ?? []).flatMap((a) => (a?.emailAddress ? [{ email: a.emailAddress, name: a.displayName ?? '', part }] : []))

/** Only whole files: pictures of the text, links to a cloud and attached mails hold nothing to import. */
const filesIn = (attachments: Attachment[] | null | undefined): MailAttachment[] =>
  (attachments ?? [])
    .filter((a) => !a.isInline && String(a.attachmentType) === FILE)
    .map((a) => ({ id: a.id, name: a.name, bytes: a.size, mediaType: a.contentType ?? '' }))

const valueOf = <T>(result: Result<T, Failure>): T | null => (result.ok ? result.value : null)

/** The tracking header among all headers of a mail, null where it has none. */
export const trackingHeaderIn = (headers: string): string | null => {
  const found = TRACKING_HEADER.exec(headers)?.[1]?.replace(/\s+/g, '').slice(0, 200)
  return found ? found : null
}

const bodyOf = async (item: MailItem, { ask, supports, Parser }: Reading): Promise<Pick<MailContext, 'text' | 'links'>> => {
  if (!supports('1.3')) return { text: null, links: null }
  const [text, html] = await Promise.all([
    ask<string>((answer) => item.body.getAsync('text', answer)),
    ask<string>((answer) => item.body.getAsync('html', answer)),
  ])
  return { text: valueOf(text)?.slice(0, MAX_TEXT) ?? null, links: html.ok ? linksOf(html.value, Parser) : null }
}

const headerOf = async (item: Office.MessageRead, { ask, supports }: Reading): Promise<string | null> => {
  if (!supports('1.8')) return null
  const headers = await ask<string>((answer) => item.getAllInternetHeadersAsync(answer))
  return headers.ok ? trackingHeaderIn(headers.value) : null
}

const readReceived = async (item: Office.MessageRead, key: string, reading: Reading): Promise<MailContext> => {
  const [body, trackingHeader] = await Promise.all([bodyOf(item, reading), headerOf(item, reading)])
  return {
    key: item.itemId || key,
    mode: 'read',
    subject: item.subject ?? '',
    people: [...peopleIn('from', [item.from]), ...peopleIn('to', item.to), ...peopleIn('cc', item.cc)],
    internetMessageId: item.internetMessageId || null,
    trackingHeader,
    ...body,
    attachments: filesIn(item.attachments),
  }
}

const readDraft = async (item: Office.MessageCompose, key: string, reading: Reading): Promise<MailContext> => {
  const { ask, supports } = reading
  const [subject, to, cc, attachments, body] = await Promise.all([
    ask<string>((answer) => item.subject.getAsync(answer)),
    ask<Office.EmailAddressDetails[]>((answer) => item.to.getAsync(answer)),
    ask<Office.EmailAddressDetails[]>((answer) => item.cc.getAsync(answer)),
    supports('1.8') ? ask<Office.AttachmentDetailsCompose[]>((answer) => item.getAttachmentsAsync(answer)) : null,
    bodyOf(item, reading),
  ])
  return {
    key,
    mode: 'compose',
    subject: valueOf(subject) ?? '',
    people: [...peopleIn('to', valueOf(to)), ...peopleIn('cc', valueOf(cc))],
    internetMessageId: null,
    trackingHeader: null,
    ...body,
    attachments: filesIn(attachments && valueOf(attachments)),
  }
}

/** Reads the item. `key` names it where it has no id of its own. Parts that fail stay empty or null. */
export const readMail = (item: MailItem, key: string, reading: Reading): Promise<MailContext> =>
  isRead(item) ? readReceived(item, key, reading) : readDraft(item, key, reading)
