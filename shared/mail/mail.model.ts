/** A person named in the open mail, address as the host gave it. */
export type MailPerson = { email: string; name: string; part: 'from' | 'to' | 'cc' }

/** A file of the open mail that could be an import: never its content, which the host reads when sending. */
export type MailAttachment = { id: string; name: string; bytes: number; mediaType: string }

/**
 * What a host tells the core about the mail that is open. Hosts fill it, `shared/mail/` reads it.
 * `key` changes with the mail, so that a late reply for another mail can be dropped.
 * `text` and `links` are null where the host may not read the body yet: offer "Check this message".
 */
export type MailContext = {
  key: string
  mode: 'read' | 'compose'
  subject: string
  people: MailPerson[]
  /** RFC 5322 Message-ID, where the host tells it. */
  internetMessageId: string | null
  /** Value of the X-Orgdesk-Message header, where the host tells it. */
  trackingHeader: string | null
  text: string | null
  links: string[] | null
  attachments: MailAttachment[]
}
