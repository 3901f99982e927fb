import * as v from 'valibot'
import { defineMail, noSecrets } from './define'
import { note, text, type MailPart } from './layout'
import type { MailWords } from '../words'

const params = v.object({ organization: v.string(), domain: v.string(), host: v.string(), value: v.string(), until: v.nullable(v.string()), reason: v.nullable(v.string()) })
type Params = v.InferOutput<typeof params>
type Kind = 'approved' | 'still_pending' | 'failed' | 'record_missing' | 'contested' | 'refused'

const recordFacts = (t: MailWords, { host, value }: Params): MailPart => ({ is: 'facts', items: [
  { label: t('domains.record_type'), value: 'TXT' }, { label: t('domains.record_host'), value: host }, { label: t('domains.record_value'), value },
] })

/** A reason of our own is a code, an operator's is text. */
const reasonOf = (t: MailWords, reason: string): string => (t.has(`domains.reason.${reason}`) ? t.code(`domains.reason.${reason}`) : reason)

/** To those who look after domains: what became of one. `withRecord`: the record is what is missing, so it is repeated. */
const domainMail = (kind: Kind, withRecord: boolean) => defineMail({
  params,
  secrets: noSecrets,
  write: (t, stored) => {
    const words = { organization: stored.organization, domain: stored.domain, date: stored.until === null ? '' : t.dateTime(stored.until), reason: reasonOf(t, stored.reason ?? '') }
    return {
      subject: t(`mails.domain_${kind}_subject`, words),
      parts: [text(t(`mails.domain_${kind}_text`, words)), ...(withRecord ? [recordFacts(t, stored)] : []), note(t('mails.domain_action'))],
    }
  },
})

/** A domain is proved and approved. */
export const domainApprovedMail = domainMail('approved', false)
/** The record has not been found for 72 hours; it is looked for until the seventh day. */
export const domainStillPendingMail = domainMail('still_pending', true)
/** The record was not found within 7 days. */
export const domainFailedMail = domainMail('failed', true)
/** The record of an approved domain has vanished. */
export const domainRecordMissingMail = domainMail('record_missing', true)
/** Another organization has proved an approved domain; its owners have until `until`. */
export const domainContestedMail = domainMail('contested', false)
/** An operator has refused a domain. */
export const domainRefusedMail = domainMail('refused', false)
