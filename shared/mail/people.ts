import { CONTEXT_MAX_EMAILS } from './context.model'
import type { MailAttachment, MailContext, MailPerson } from './mail.model'

/** The people of a mail, sender first, each address once (compared without regard to case), without the viewer's own. */
export const peopleOf = (mail: MailContext, ownEmail: string | null): MailPerson[] => {
  const seen = new Set(ownEmail === null ? [] : [ownEmail.toLowerCase()])
  const order = { from: 0, to: 1, cc: 2 }
  return [...mail.people]
    .sort((a, b) => order[a.part] - order[b.part])
    .filter((person) => {
      const key = person.email.trim().toLowerCase()
      if (key === '' || seen.has(key)) return false
      seen.add(key)
      return true
    })
    .slice(0, CONTEXT_MAX_EMAILS)
}

const TABLE_NAME = /\.(csv|tsv|txt|xlsx)$/i
const TABLE_TYPE = /^(text\/(csv|tab-separated-values)|application\/vnd\.(ms-excel|openxmlformats-officedocument\.spreadsheetml\.sheet))/i

/** The attachments that could be an import: by name, or by media type where the name says nothing. */
export const tableAttachmentsOf = (mail: MailContext): MailAttachment[] =>
  mail.attachments.filter((file) => TABLE_NAME.test(file.name) || (!/\.\w+$/.test(file.name) && TABLE_TYPE.test(file.mediaType)))
