import { NOTHING } from './behaviour'
import type { Calls } from './behaviour'
import { addressOf, attachmentOf, contentOf } from './item'
import type { FakeItem } from './item'

export type Strict = <T extends object>(path: string, members: T, since?: Partial<Record<keyof T, string>>) => T

const contentById = ({ attachments }: FakeItem, id: unknown) => {
  const found = attachments.find((a) => a.id === id)
  return found ? contentOf(found) : NOTHING
}

const bodyOf = (item: FakeItem, calls: Calls, strict: Strict) =>
  strict('body', {
    getAsync: calls.later('body.getAsync', ([kind]) => (kind === 'html' ? item.html : item.text)),
  } satisfies Pick<Office.Body, 'getAsync'>, { getAsync: '1.3' })

const received = (item: FakeItem, calls: Calls, strict: Strict) =>
  strict('item', {
    itemType: item.itemType ?? 'message',
    itemId: item.id ?? '',
    subject: item.subject,
    from: item.from && addressOf(item.from),
    to: item.to.map(addressOf),
    cc: item.cc.map(addressOf),
    internetMessageId: item.internetMessageId ?? '',
    attachments: item.attachments.map(attachmentOf),
    body: bodyOf(item, calls, strict),
    getAllInternetHeadersAsync: calls.later('item.getAllInternetHeadersAsync', () => item.headers ?? ''),
    getAttachmentContentAsync: calls.later('item.getAttachmentContentAsync', ([id]) => contentById(item, id)),
  } satisfies Partial<Record<keyof Office.MessageRead, unknown>>, { getAllInternetHeadersAsync: '1.8', getAttachmentContentAsync: '1.8' })

const draft = (item: FakeItem, calls: Calls, strict: Strict) =>
  strict('item', {
    itemType: item.itemType ?? 'message',
    subject: strict('subject', { getAsync: calls.later('subject.getAsync', () => item.subject) } satisfies Pick<Office.Subject, 'getAsync'>),
    to: strict('to', { getAsync: calls.later('to.getAsync', () => item.to.map(addressOf)) } satisfies Pick<Office.Recipients, 'getAsync'>),
    cc: strict('cc', { getAsync: calls.later('cc.getAsync', () => item.cc.map(addressOf)) } satisfies Pick<Office.Recipients, 'getAsync'>),
    body: bodyOf(item, calls, strict),
    getAttachmentsAsync: calls.later('item.getAttachmentsAsync', () => item.attachments.map(attachmentOf).map(({ contentType: _, ...rest }) => rest)),
    getAttachmentContentAsync: calls.later('item.getAttachmentContentAsync', ([id]) => contentById(item, id)),
  } satisfies Partial<Record<keyof Office.MessageCompose, unknown>>, { getAttachmentsAsync: '1.8', getAttachmentContentAsync: '1.8' })

/** What `mailbox.item` is while this item is open. */
export const itemOf = (item: FakeItem, calls: Calls, strict: Strict) => (item.mode === 'read' ? received(item, calls, strict) : draft(item, calls, strict))
