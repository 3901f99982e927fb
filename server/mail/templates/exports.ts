import * as v from 'valibot'
import { defineMail, noSecrets } from './define'
import { note, text } from './layout'

/** The address of a mailed file: a page, whose button brings it once. */
const fileUrl = (publicUrl: string, ticket: string): string => `${publicUrl}/v1/downloads/${ticket}`

const file = v.object({ organization: v.string(), name: v.string(), expiresAt: v.string() })

/** The link to a file that its reader asked for. */
export const exportReadyMail = defineMail({
  params: file,
  secrets: v.object({ ticket: v.string() }),
  write: (t, { organization, name, expiresAt }, { ticket }, { publicUrl }) => ({
    subject: t('mails.export_ready_subject', { name }),
    parts: [
      text(t('mails.export_ready', { name, organization })),
      { is: 'action', label: t('mails.export_download'), url: fileUrl(publicUrl, ticket) },
      note(t('mails.export_until', { date: t.date(expiresAt) })),
      note(t('mails.export_unexpected')),
    ],
  }),
})

/** That a file could not be made. */
export const exportFailedMail = defineMail({
  params: file,
  secrets: noSecrets,
  write: (t, { organization, name }) => ({ subject: t('mails.export_failed_subject', { name }), parts: [text(t('mails.export_failed', { name, organization }))] }),
})
