import type { ScreenId } from '../../../shared/screens/ids'
import { BUILT_IN_ROLES } from '../../../shared/access/roles'
import { ROW_STATUSES } from '../../../shared/imports/imports.model'
import { EXPORT_STATUSES } from '../../../shared/logs/reports.model'
import type { MailContext } from '../../../shared/mail/mail.model'
import type { Params } from '../../../shared/screens/vocabulary'
import { context, event, mail, message, pools, user, viewer } from './records'
import { BILLING_SAMPLES } from './billing'
import { DOMAINS, domain } from './domains'
import { workspace, WORKSPACE_SAMPLES } from './workspaces'

/** What each screen is shown with in tests: good parameters, full replies, and replies in which there is nothing. */
export type ScreenSample = { params: Params; mail?: MailContext; ready: Record<string, unknown>; empty: Record<string, unknown> }

const TOKEN = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const plan = { id: 'pro', name: 'Pro', rank: 3, attachmentMb: 100, messagesPerMonth: null, signatories: 5, priceCents: 900, currency: 'EUR' }
const people = [user(), user({ id: 'u-2', email: 'luc@acme.example', firstName: '', lastName: '', status: 'pending', role: 'user_admin', license: null, plan: null, lastActiveAt: null }), user({ id: 'u-3', status: 'suspended', role: 'role-7', roleName: 'Help desk' })]
const importRow = { row: 4, status: 'malformed' as const, issues: [{ code: 'email.malformed' as const, path: 'email' }], user: { email: 'nobody', firstName: '', lastName: '', role: 'member', plan: null, workspaces: [], language: 'en', mobile: '' } }
const counts = Object.fromEntries(ROW_STATUSES.map((status) => [status, 2]))
const preview = { digest: 'd', total: 22, counts, licenses: [{ plan: 'pro', needed: 9, available: 5 }], groups: ROW_STATUSES.map((status) => ({ status, count: 2 })), domains: [{ name: 'elsewhere.example', unicodeName: 'elsewhere.example', count: 2, domainId: null, abilities: { 'domains.add': true } }, { name: 'gmail.com', unicodeName: 'gmail.com', count: 1, domainId: null, abilities: { 'domains.add': 'domain.public_mailbox' } }, { name: 'acme-labs.example', unicodeName: 'acme-labs.example', count: 1, domainId: 'd-1', abilities: { 'domains.add': 'domain.exists' } }], rows: ROW_STATUSES.map((status, i) => ({ ...importRow, row: i + 1, status, issues: status === 'ready' ? [] : importRow.issues })) }
const running = { id: 'i-1', status: 'running' as const, name: 'hires.csv', total: 200, applied: 80, rejected: 12, by: 'Olga Weber', createdAt: '2026-03-01T09:00:00.000Z', finishedAt: null, failure: null }
const retention = {
  retentionMonths: 12, months: [{ month: '2025-01', lines: 1200 }, { month: '2025-02', lines: 900 }], lines: 2100, through: 2100, exported: { at: '2026-03-01T09:00:00.000Z', by: 'ana@acme.example' }, purging: false,
  sealed: [{ month: '2024-12', lines: 700, sealedAt: '2026-01-02T09:00:00.000Z' }], abilities: { 'log.purge': true as const },
}
const activation = { id: 'a-1', organization: 'Acme', inviter: 'Olga Weber', plan: 'pro', expiresAt: '2026-03-08T09:00:00.000Z', email: 'ana@acme.example' }

const roles = [...BUILT_IN_ROLES.map((id) => ({ id, name: id, builtIn: true, permissions: [], users: 3, version: 1, abilities: {} })), { id: 'role-7', name: 'Help desk', builtIn: false, permissions: ['users.view'], users: 2, version: 4, abilities: { 'role.edit': true as const } }]
const manageable = user({ abilities: { 'user.view': true, 'user.edit': true, 'user.edit_security': true, 'user.change_role': true, 'user.assign_workspaces': true, 'user.leave': true, 'user.transfer_license': true, 'user.view_log': true } })

/** One entry a screen: a screen without samples does not compile, so none goes unlooked at. */
export const SCREEN_SAMPLES: Record<ScreenId, ScreenSample> = {
  home: { params: {}, ready: {}, empty: {} },
  me: { params: {}, ready: { me: { ...viewer(), license: { plan: 'pro', state: 'active', assignedAt: '2026-02-01T09:00:00.000Z', activatedAt: '2026-02-03T09:00:00.000Z' } }, allowance: { validUntil: '2027-03-01', messages: { sent: 7, limit: 50 } } }, empty: { me: { ...viewer(false), activations: [] }, allowance: { validUntil: null, messages: null } } },
  mail: {
    params: {},
    mail: mail({ links: [`https://desk.example/activate#${TOKEN}`], attachments: [{ id: 'att-1', name: 'hires.csv', bytes: 9000, mediaType: 'text/csv' }] }),
    ready: { context: context({ activation: { code: null, organization: 'Acme', inviter: 'Olga Weber', plan: 'pro', expiresAt: activation.expiresAt, email: 'ana@acme.example' }, unreadable: ['undisclosed recipients'], message: { message: message(), events: [event({ kind: 'opened', category: 'activity' })] } }) },
    empty: { context: context({ people: [] }) },
  },
  users: { params: { q: 'a', status: 'pending' }, ready: { users: { items: people, next: 'c2', total: 3, abilities: {} }, plans: { items: [plan] }, roles: { items: roles }, workspaces: { items: [workspace], next: null }, pools }, empty: { users: { items: [], next: null, total: 0, abilities: {} }, plans: { items: [] }, roles: { items: [] }, workspaces: { items: [], next: null }, pools: { items: [] } } },
  user: { params: { userId: 'u-1' }, ready: { user: user(), pools, events: { items: [event(), event({ sequence: 6, kind: 'signed_in', category: 'sign_in', target: null })], next: null }, places: WORKSPACE_SAMPLES.workspaces.ready.workspaces, contacts: WORKSPACE_SAMPLES.contacts.ready.contacts }, empty: { user: user({ license: null, plan: null, abilities: {} }), pools: { items: [] }, events: { items: [], next: null }, places: WORKSPACE_SAMPLES.workspaces.empty.workspaces, contacts: WORKSPACE_SAMPLES.contacts.empty.contacts } },
  user_add: { params: { step: '2', email: 'new@acme.example' }, ready: { roles: { items: roles }, pools, workspaces: { items: [workspace], next: null } }, empty: { roles: { items: [] }, pools: { items: [] }, workspaces: { items: [], next: null } } },
  user_edit: { params: { userId: 'u-1' }, ready: { user: manageable, roles: { items: roles }, workspaces: { items: [workspace], next: null }, held: { items: [workspace], next: null } }, empty: { user: user({ abilities: {} }), roles: { items: [] }, workspaces: { items: [], next: null }, held: { items: [], next: null } } },
  user_leave: { params: { userId: 'u-1' }, ready: { user: manageable }, empty: { user: user({ license: null, plan: null, abilities: {} }) } },
  users_bulk: { params: { action: 'assign_license', count: '12' }, ready: { roles: { items: roles }, pools }, empty: { roles: { items: [] }, pools: { items: [] } } },
  people_add: { params: {}, mail: mail(), ready: { context: context(), roles: { items: roles } }, empty: { context: context({ people: [] }), roles: { items: [] } } },
  domains: { params: {}, ready: { domains: { items: DOMAINS, next: 'c2', total: 8 } }, empty: { domains: { items: [], next: null, total: 0 } } },
  domain: { params: { domainId: 'd-1' }, ready: { domain: domain() }, empty: { domain: domain({ lastCheck: null, nextCheckAt: null, users: 0, abilities: {} }) } },
  domain_add: { params: { name: 'elsewhere.example' }, ready: {}, empty: {} },
  license_transfer: { params: { userId: 'u-1' }, ready: { from: manageable, people: { items: people, next: 'c2', abilities: {} } }, empty: { from: user({ abilities: {} }), people: { items: [], next: null, abilities: {} } } },
  identity_links: { params: {}, ready: { links: { items: [{ id: 'l-1', kind: 'google', tenant: 'acme.example', createdAt: '2026-03-01T09:00:00.000Z' }] } }, empty: { links: { items: [] } } },
  licenses: { params: {}, ready: { pools }, empty: { pools: { items: [] } } },
  statistics: { params: { by: 'plan' }, ready: { counts: { by: 'plan', points: [{ key: 'pro', label: 'pro', sent: 12, opened: 40, signed: 3 }, { key: '', label: '', sent: 2, opened: 0, signed: 0 }], totals: { sent: 14, opened: 40, signed: 3 } } }, empty: { counts: { by: 'plan', points: [], totals: { sent: 0, opened: 0, signed: 0 } } } },
  messages: { params: { mine: 'true', status: 'live' }, ready: { messages: { items: [message(), message({ id: 'm-2', subject: '', status: 'revoke_requested', expiresAt: null })], next: 'c2' } }, empty: { messages: { items: [], next: null } } },
  message: { params: { messageId: 'm-1' }, ready: { found: { message: message(), events: [event({ kind: 'opened', category: 'activity', client: 'Safari' })] } }, empty: { found: { message: message({ recipients: [], abilities: {} }), events: [] } } },
  log: { params: {}, ready: { events: { items: [event(), event({ sequence: 5, kind: 'opened', category: 'activity' })], next: 'c2' } }, empty: { events: { items: [], next: null } } },
  retention: { params: {}, ready: { retention }, empty: { retention: { ...retention, retentionMonths: null, months: [], lines: 0, through: 0, exported: null, sealed: [], abilities: {} } } },
  exports: { params: {}, ready: { exports: { items: EXPORT_STATUSES.map((status) => ({ id: status, name: 'log-2026-03-02.csv', format: 'csv', status, total: 300_000, written: 120_000, failure: status === 'failed' ? 'access.denied' : null, createdAt: '2026-03-02T09:00:00.000Z', finishedAt: null, expiresAt: '2026-03-05T09:00:00.000Z' })) } }, empty: { exports: { items: [] } } },
  imports: { params: {}, mail: mail({ attachments: [{ id: 'att-1', name: 'hires.csv', bytes: 9000, mediaType: 'text/csv' }] }), ready: { imports: { items: [running, { ...running, id: 'i-0', status: 'done' as const }, { ...running, id: 'i-2', status: 'failed' as const, failure: 'server.failed' }], next: null } }, empty: { imports: { items: [], next: null } } },
  import: { params: { source: 'attachment', file: 'att-1', name: 'hires.csv', bytes: '9000' }, ready: { preview }, empty: { preview: { ...preview, total: 0, counts: {}, licenses: [], groups: [], domains: [], rows: [] } } },
  import_progress: { params: { importId: 'i-1' }, ready: { record: running }, empty: { record: { ...running, status: 'done' as const, total: 0, applied: 0, rejected: 0 } } },
  activations: { params: {}, ready: { activations: { items: [activation, { ...activation, id: 'a-2', plan: null, inviter: null }] } }, empty: { activations: { items: [] } } },
  activation_code: { params: { token: TOKEN }, ready: {}, empty: {} },
  ...BILLING_SAMPLES,
  ...WORKSPACE_SAMPLES,
}
