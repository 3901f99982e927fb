import { linksInText } from '../../shared/mail/links'
import type { MailAttachment, MailContext, MailPerson } from '../../shared/mail/mail.model'
import { addressesIn } from './addresses'
import { attempt } from './attempt'
import type { HostEvent, SignedBytes } from './host'
import type { MailApi } from './vendor'

type Message = ReturnType<MailApi['getMessageById']>

const TRACKING_HEADER = 'X-Orgdesk-Message'

const messageOf = (gmail: MailApi, event: HostEvent): Message | null => {
  const { mail } = event
  if (mail === null) return null
  return attempt(() => {
    gmail.setCurrentMessageAccessToken(mail.accessToken)
    return gmail.getMessageById(mail.messageId)
  }, null)
}

const filesOf = (message: Message) => message.getAttachments({ includeInlineImages: false, includeAttachments: true })

const peopleOf = (message: Message): MailPerson[] => {
  const headers = [['from', () => message.getFrom()], ['to', () => message.getTo()], ['cc', () => message.getCc()]] as const
  return headers.flatMap(([part, read]) => addressesIn(attempt(read, '')).map((address) => ({ ...address, part })))
}

const attachmentsOf = (message: Message): MailAttachment[] => attempt(() => filesOf(message).map((file, index) => ({
  id: String(index),
  name: file.getName(),
  bytes: file.getSize(),
  mediaType: file.getContentType(),
})), [])

const headerOf = (message: Message, name: string): string | null => attempt(() => message.getHeader(name) || null, null)

const UNREADABLE = { mode: 'read', subject: '', people: [], internetMessageId: null, trackingHeader: null, text: null, links: null, attachments: [] } as const

/**
 * The open mail; null without one. Where only the content after a click was granted, Gmail refuses
 * until then: the mail is there, but `text` and `links` are null and nobody is named.
 */
export const openMail = (gmail: MailApi, event: HostEvent): MailContext | null => {
  if (event.mail === null) return null
  const key = event.mail.messageId
  const message = messageOf(gmail, event)
  if (message === null) return { ...UNREADABLE, key, people: [], attachments: [] }
  const text = attempt(() => message.getPlainBody(), null)
  return {
    key,
    mode: 'read',
    subject: attempt(() => message.getSubject(), ''),
    people: peopleOf(message),
    internetMessageId: headerOf(message, 'Message-ID'),
    trackingHeader: headerOf(message, TRACKING_HEADER),
    text,
    links: text === null ? null : linksInText(text),
    attachments: attachmentsOf(message),
  }
}

/** The bytes of one attachment of the open mail; null when it is not there or may not be read. */
export const attachmentBytes = (gmail: MailApi, event: HostEvent, attachmentId: string): SignedBytes | null => {
  const message = messageOf(gmail, event)
  if (message === null) return null
  return attempt(() => filesOf(message)[Number(attachmentId)]?.getBytes() ?? null, null)
}
