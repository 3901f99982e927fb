import type { MAILS } from '../../../server/mail/render'
import type { QueuedMail } from '../../../server/store/outbox'

const EXPIRES_AT = '2026-03-09T09:00:00.000Z'
const TOKEN = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg'
const invited = { organization: 'Acme', inviter: 'Olive Owens', plan: 'pro', expiresAt: EXPIRES_AT }
const domain = { organization: 'Acme', domain: 'acme-labs.example', host: '_orgdesk-challenge.acme-labs.example', value: 'orgdesk=0123456789abcdef0123456789abcdef', until: EXPIRES_AT, reason: 'The owner objects' }
const renewal = { organization: 'Acme', plan: 'pro', quantity: 12, cents: 10800, currency: 'EUR', on: '2026-03-09' }

type Stored = Pick<QueuedMail, 'params' | 'secrets'>

/** Each kind of mail as somebody would get it, under a name for its picture. */
export const MAIL_SAMPLES: Record<keyof typeof MAILS, Record<string, Stored>> = {
  activation: { invitation: { params: invited, secrets: { token: TOKEN } } },
  activation_reminder: { reminder: { params: invited, secrets: { token: TOKEN } } },
  activation_code: { code: { params: { organization: 'Acme', minutes: 10 }, secrets: { code: '042042' } } },
  license_changed: {
    'license-changed': { params: { organization: 'Acme', from: 'eco', to: 'pro', actor: 'Olive Owens' }, secrets: null },
    'license-removed': { params: { organization: 'Acme', from: 'eco', to: null, actor: 'Olive Owens' }, secrets: null },
  },
  licenses_low: {
    'licenses-low': { params: { organization: 'Acme', plan: 'pro', quantity: 1200, available: 3 }, secrets: null },
    'licenses-out': { params: { organization: 'Acme', plan: 'advanced', quantity: 5, available: 0 }, secrets: null },
  },
  licenses_renewal: {
    'renewal-ahead': { params: { ...renewal, news: 'ahead', byItself: true }, secrets: null },
    'renewal-to-pay': { params: { ...renewal, news: 'ahead', byItself: false }, secrets: null },
    'renewal-overdue': { params: { ...renewal, news: 'overdue', byItself: false }, secrets: null },
    'renewal-renewed': { params: { ...renewal, quantity: 1, cents: 900, on: '2027-03-09', news: 'renewed', byItself: true }, secrets: null },
  },
  import_finished: {
    'import-finished': { params: { organization: 'Acme', name: 'hires-2026.csv', total: 200, applied: 190, rejected: 10, failure: null }, secrets: null },
    'import-failed': { params: { organization: 'Acme', name: 'hires-2026.csv', total: 9, applied: 0, rejected: 0, failure: 'file.unreadable' }, secrets: null },
  },
  export_ready: { 'export-ready': { params: { organization: 'Acme', name: 'log-2026-03.csv', expiresAt: EXPIRES_AT }, secrets: { ticket: TOKEN } } },
  export_failed: { 'export-failed': { params: { organization: 'Acme', name: 'log-2026-03.csv', expiresAt: EXPIRES_AT }, secrets: null } },
  new_admin: { 'new-admin': { params: { organization: 'Acme', person: 'Maria Marceau', email: 'maria@acme.example', actor: 'Olive Owens' }, secrets: null } },
  domain_approved: { 'domain-approved': { params: domain, secrets: null } },
  domain_still_pending: { 'domain-still-pending': { params: domain, secrets: null } },
  domain_failed: { 'domain-failed': { params: domain, secrets: null } },
  domain_record_missing: { 'domain-record-missing': { params: domain, secrets: null } },
  domain_contested: { 'domain-contested': { params: domain, secrets: null } },
  domain_refused: { 'domain-refused': { params: domain, secrets: null } },
}

/** A stored mail to Maria. */
export const queuedMail = (kind: string, language: string, { params, secrets }: Stored): QueuedMail => ({
  organization_id: 'o', id: 'm', kind, to_email: 'maria@acme.example', to_name: 'Maria', language, params, secrets, dedupe_key: null, state: 'queued', run_at: new Date(0),
  attempts: 1, max_attempts: 12, lease: null, last_error: null, created_at: new Date(0), sent_at: null, is_bulk: false,
})
