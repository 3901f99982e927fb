import { VIEWER_ABILITIES, type ViewerAbilities } from '../../../shared/access/abilities'
import type { Me } from '../../../shared/access/me.model'
import type { ReplyOf } from '../../../shared/api/contract'
import type { LogEvent, Message } from '../../../shared/logs/logs.model'
import type { ContextReply } from '../../../shared/mail/context.model'
import type { MailContext } from '../../../shared/mail/mail.model'
import type { User } from '../../../shared/users/users.model'

/** Records as the server would answer them, for tests of what is drawn from them. */

export const NOW = '2026-03-02T10:00:00.000Z'

/** Text that must be shown as text by everybody who draws it. */
export const NAUGHTY = ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '{name} {{x}} ${y}', "O'Brien & Söhne <b>x</b>", '‮evil', '𝕏'.repeat(40), '‏العربية', '', 'a'.repeat(100)]

export const user = (part: Partial<User> = {}): User => ({
  id: 'u-1', version: 3, email: 'ana@acme.example', firstName: 'Ana', lastName: 'Ruiz', role: 'member', roleName: null, status: 'active', plan: 'pro',
  license: { plan: 'pro', state: 'assigned', assignedAt: '2026-02-01T09:00:00.000Z', activatedAt: null }, workspaceIds: [], language: 'en', languageChosen: false, mobile: '', smsCountry: '', timeZone: 'Europe/Madrid',
  security: { secondFactor: false, protectedReplies: false }, linkExpiresAt: null, lastActiveAt: '2026-03-01T10:00:00.000Z', createdAt: '2026-01-01T00:00:00.000Z', removedAt: null,
  abilities: {
    'user.view': true, 'user.edit': true, 'user.suspend': true, 'user.remove': true, 'user.change_license': true, 'user.assign_license': true,
    'user.remove_license': true, 'user.send_activation': true, 'user.view_log': true,
  },
  ...part,
})

const everyAbility = (value: true | 'access.denied'): ViewerAbilities => Object.fromEntries(VIEWER_ABILITIES.map((ability) => [ability, value])) as ViewerAbilities

/** An organization admin, or somebody who may do nothing. */
export const viewer = (allowed = true): Me => ({
  user: user({ id: 'u-owner', email: 'owner@acme.example', firstName: 'Olga', lastName: 'Weber', role: allowed ? 'org_admin' : 'member', license: null, plan: null }),
  organization: { id: 'o-1', name: 'Acme', settings: { allowPublicDomains: false, sendActivationOnAssign: true, defaultLanguage: 'en', requireSecondFactor: false, protectedReplies: false, retentionMonths: null } },
  organizations: [{ id: 'o-1', name: 'Acme' }], permissions: [], abilities: everyAbility(allowed ? true : 'access.denied'), own: {}, license: null,
  alerts: [{ code: 'alert.licenses_low', tone: 'warning', params: { available: 3, quantity: 50, plan: 'Pro' }, target: 'pro' }],
  activations: [], identity: { issuer: 'https://login.example', email: 'owner@acme.example' },
})

/** Somebody who signed in and whom no organization knows. */
export const stranger = (): Me => ({ ...viewer(false), user: null, organization: null, organizations: [], alerts: [] })

export const event = (part: Partial<LogEvent> = {}): LogEvent => ({
  id: 'e-1', sequence: 7, at: '2026-03-01T09:00:00.000Z', recordedAt: '2026-03-01T09:00:01.000Z', category: 'audit', kind: 'license.assigned', actor: { id: 'u-owner', email: 'owner@acme.example', name: 'Olga Weber' },
  subjects: [{ id: 'u-1', email: 'ana@acme.example', name: 'Ana Ruiz' }], target: { type: 'user', id: 'u-1', label: 'Ana Ruiz' }, changes: {}, ip: '203.0.113.9', client: 'outlook', ...part,
})

export const message = (part: Partial<Message> = {}): Message => ({
  id: 'm-1', reference: 'R-2026-7', subject: 'Contract to sign', sender: { id: 'u-1', email: 'ana@acme.example', name: 'Ana Ruiz' }, recipients: [{ email: 'legal@partner.example', state: 'opened', at: '2026-03-01T09:30:00.000Z' }, { email: 'sales@partner.example', state: 'sent', at: null }],
  files: 2, openings: 3, activities: 5, type: 'envelope', sentAt: '2026-03-01T09:00:00.000Z', lastActivityAt: '2026-03-01T09:30:00.000Z', expiresAt: '2026-04-01T00:00:00.000Z', status: 'live', abilities: { 'message.view': true, 'message.revoke': true }, ...part,
})

export const pools: ReplyOf<'licenses.list'> = { items: [
  { plan: 'eco', quantity: 10, assigned: 10, active: 9, available: 0, renewsOn: '2026-12-31', renewal: 'automatic', abilities: { 'pool.renew': 'order.renewal_not_due' } },
  { plan: 'pro', quantity: 50, assigned: 45, active: 40, available: 5, renewsOn: '2026-03-20', renewal: 'payment', abilities: { 'pool.renew': true } },
] }

export const mail = (part: Partial<MailContext> = {}): MailContext => ({
  key: 'mail-1', mode: 'read', subject: 'New hires', internetMessageId: '<1@acme.example>', trackingHeader: null, text: 'Hello', links: [], attachments: [],
  people: [{ email: 'ana@acme.example', name: 'Ana Ruiz', part: 'from' }, { email: 'zoe@elsewhere.example', name: 'Zoe', part: 'cc' }], ...part,
})

export const context = (part: Partial<ContextReply> = {}): ContextReply => ({
  people: [
    { address: 'ana@acme.example', user: user(), contact: null, domain: { name: 'acme.example', state: 'approved', looksLike: null }, lastEvents: [event()], abilities: {} },
    { address: 'zoe@elsewhere.example', user: null, contact: null, domain: { name: 'elsewhere.example', state: 'unclaimed', looksLike: null }, lastEvents: [], abilities: { 'users.add': 'domain.not_approved' } },
  ],
  message: null, activation: null, unreadable: [], pools: pools.items, viewer: viewer(), ...part,
})
