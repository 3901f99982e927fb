/** The open item as plain data: what a test or the preview writes down, never office.js itself. */

export type FakePerson = { name: string; email: string }

/** `content` is base64 for a `file`, an address for a `cloud` file, the text of a mail for an `item`. */
export type FakeAttachment = { id: string; name: string; bytes: number; mediaType: string; content: string; kind?: 'file' | 'cloud' | 'item'; inline?: boolean }

export type FakeItem = {
  mode: 'read' | 'compose'
  /** Only a mail that was received or saved has one. */
  id?: string
  subject: string
  from?: FakePerson
  to: FakePerson[]
  cc: FakePerson[]
  internetMessageId?: string
  /** As they stand in the mail, one a line. */
  headers?: string
  text: string
  html: string
  attachments: FakeAttachment[]
  /** Anything but a message is an appointment. */
  itemType?: 'message' | 'appointment'
}

export const addressOf = ({ name, email }: FakePerson) =>
  ({ displayName: name, emailAddress: email }) satisfies Pick<Office.EmailAddressDetails, 'displayName' | 'emailAddress'>

export const attachmentOf = ({ id, name, bytes, mediaType, kind = 'file', inline = false }: FakeAttachment) =>
  ({ id, name, size: bytes, contentType: mediaType, attachmentType: kind, isInline: inline }) satisfies Pick<Office.AttachmentDetails, 'id' | 'name' | 'size' | 'contentType' | 'attachmentType' | 'isInline'>

const FORMATS = { file: 'base64', cloud: 'url', item: 'eml' } as const

export const contentOf = ({ content, kind = 'file' }: FakeAttachment) =>
  ({ content, format: FORMATS[kind] }) satisfies Record<keyof Office.AttachmentContent, string>
