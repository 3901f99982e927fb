import { breach, reported, strictObject, type Report } from '../strict'
import { blobMembers, holdContent } from './blob'

/** A mail of the fake mailbox; addresses are headers as Gmail shows them. */
export type FakeMail = {
  id: string
  from: string
  to: string
  cc?: string
  subject: string
  body: string
  headers?: Record<string, string>
  attachments?: { name: string; mediaType: string; content: string | Uint8Array }[]
}

/** Which content of the open mail was granted: always, only after a click, or never. */
export type MailAccess = 'readonly' | 'action' | 'none'

export type MailSettings = {
  report: Report
  /** The mail that is open now, with its token, and whether the person clicked on the card beside it. */
  open: () => { mail: FakeMail; accessToken: string; clicked: boolean } | null
  access: MailAccess
}

const encoded = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : content)

const makeAttachment = (report: Report, file: { name: string; mediaType: string; content: string | Uint8Array }): object => {
  const bytes = encoded(file.content)
  const made = strictObject('GmailAttachment', { ...blobMembers(bytes, file.mediaType, file.name), getSize: () => bytes.length }, report)
  holdContent(made, bytes, file.mediaType)
  return made
}

const headerOf = (mail: FakeMail, name: unknown): string => {
  const wanted = String(name).toLowerCase()
  return Object.entries(mail.headers ?? {}).find(([header]) => header.toLowerCase() === wanted)?.[1] ?? ''
}

const makeMessage = (report: Report, mail: FakeMail): object => strictObject('GmailMessage', {
  getId: () => mail.id,
  getFrom: () => mail.from,
  getTo: () => mail.to,
  getCc: () => mail.cc ?? '',
  getSubject: () => mail.subject,
  getPlainBody: () => mail.body,
  getHeader: (name: unknown) => headerOf(mail, name),
  getAttachments: () => (mail.attachments ?? []).map((file) => makeAttachment(report, file)),
}, report)

/** `GmailApp` with one open mail, which can be read with its token and as far as it was granted. */
export const createGmailApp = ({ report, open, access }: MailSettings): object => {
  let accessToken: unknown = null
  const getMessageById = (id: unknown): object => {
    const current = open()
    if (accessToken === null) return breach('setCurrentMessageAccessToken comes before getMessageById')
    if (current === null || current.mail.id !== id || accessToken !== current.accessToken) throw new Error('Access denied: not the open message')
    if (access === 'none' || (access === 'action' && !current.clicked)) throw new Error('Access denied: Gmail message content was not granted')
    return makeMessage(report, current.mail)
  }
  return strictObject('GmailApp', {
    setCurrentMessageAccessToken: (token: unknown) => void (accessToken = token),
    getMessageById: reported(report, getMessageById),
  }, report)
}
