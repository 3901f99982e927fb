import type { RenderMail } from './outbox'
import { activationMail, codeMail, reminderMail } from './templates/activation'
import type { MailServer, MailWriter } from './templates/define'
import { domainApprovedMail, domainContestedMail, domainFailedMail, domainRecordMissingMail, domainRefusedMail, domainStillPendingMail } from './templates/domain.result'
import { exportFailedMail, exportReadyMail } from './templates/exports'
import { licenseChangedMail, licensesLowMail, licensesRenewalMail } from './templates/licenses'
import { importFinishedMail, newAdminMail } from './templates/notices'
import { wordsOf } from './words'

/** Every kind of mail, by the word it is stored under. */
export const MAILS = {
  activation: activationMail,
  activation_reminder: reminderMail,
  activation_code: codeMail,
  license_changed: licenseChangedMail,
  licenses_low: licensesLowMail,
  licenses_renewal: licensesRenewalMail,
  import_finished: importFinishedMail,
  export_ready: exportReadyMail,
  export_failed: exportFailedMail,
  new_admin: newAdminMail,
  domain_approved: domainApprovedMail,
  domain_still_pending: domainStillPendingMail,
  domain_failed: domainFailedMail,
  domain_record_missing: domainRecordMissingMail,
  domain_contested: domainContestedMail,
  domain_refused: domainRefusedMail,
} as const satisfies Record<string, MailWriter>

const writerOf = (kind: string): MailWriter | undefined => (Object.hasOwn(MAILS, kind) ? MAILS[kind as keyof typeof MAILS] : undefined)

/** Writes stored mails out, in the language of their reader. Notices are stopped by asking support. */
export const createRender = (server: MailServer): RenderMail => (mail) => {
  const writer = writerOf(mail.kind)
  const written = writer?.write(wordsOf(mail.language), mail, server) ?? null
  return written === null ? null : { ...written, unsubscribeUrl: writer?.isNotice === true ? server.supportUrl : null }
}
