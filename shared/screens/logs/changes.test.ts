import { CATALOGS, sampleEnv } from '../../../tests/doubles/samples/env'
import { event } from '../../../tests/doubles/samples/records'
import { PERMISSIONS } from '../../access/permissions'
import { LOCALES } from '../../kit/locale'
import { CHANGED_FIELDS, type LogEvent } from '../../logs/logs.model'
import { AUDIT_KINDS, type AuditKind } from '../../logs/kinds.model'
import { changeLines, FIELD_LABELS } from './changes'
import { eventEntry } from './event-entry'
import { eventSentence } from './events.text'

type Changes = LogEvent['changes']
const ID = '0190d2a4-7b3c-7d11-9c57-3f7c9a0b1c2d'
const RESULT = { total: { from: null, to: 12 }, applied: { from: null, to: 10 }, rejected: { from: null, to: 2 } }

/** What each kind of event says of its changes, in English; kinds without any are left out. */
const TOLD: [AuditKind, Changes, string[]][] = [
  ['organization.edited', {
    name: { from: 'Acme', to: 'Acme Group' }, address: { from: '', to: '1 Rue du Port' }, contactEmail: { from: 'a@acme.example', to: '' }, 'settings.defaultLanguage': { from: 'en', to: 'fr' },
    'settings.allowPublicDomains': { from: false, to: true }, 'settings.retentionMonths': { from: null, to: 24 },
  }, ['Name: Acme → Acme Group', 'Address: — → 1 Rue du Port', 'Contact e-mail: a@acme.example → —', 'Admit public mailboxes: Off → On', 'Language of new users: English → Français', 'Months of log to keep: Everything → 24 months']],
  ['organization.deleted', { name: { from: 'Acme', to: null } }, ['Name: Acme → —']],
  ['user.added', { email: { from: null, to: 'ana@acme.example' }, role: { from: null, to: 'member' } }, ['E-mail: ana@acme.example', 'Role: Member']],
  ['user.edited', { firstName: { from: 'Ana', to: 'Anna' }, mobile: { from: '', to: '+33 6' }, language: { from: null, to: 'es' }, secondFactor: { from: false, to: true } }, ['First name: Ana → Anna', 'Mobile phone: — → +33 6', 'Language: — → Español', 'Require sign-in with a second factor: Off → On']],
  ['user.role_changed', { role: { from: 'member', to: 'Auditors' } }, ['Role: Member → Auditors']],
  ['user.suspended', { status: { from: 'active', to: 'suspended' } }, ['Status: Active → Suspended']],
  ['user.restored', { status: { from: 'suspended', to: 'pending' } }, ['Status: Suspended → Pending']],
  ['user.removed', { status: { from: 'active', to: 'removed' }, license: { from: 'pro', to: null }, workspaces: { from: 2, to: 0 }, contacts: { from: 5, to: 0 } }, ['Status: Active → Removed', 'License: Pro → —', 'Workspaces: 2 → 0', 'Contacts: 5 → 0']],
  ['user.unremoved', { status: { from: 'removed', to: 'active' }, license: { from: null, to: 'eco' } }, ['Status: Removed → Active', 'License: Eco']],
  ['user.left', { status: { from: 'active', to: 'removed' } }, ['Status: Active → Removed']],
  ['user.workspaces_changed', { workspaces: { from: [], to: ['Sales', 'Legal'] } }, ['Workspaces: — → Sales and Legal']],
  ['user.workspaces_changed', { workspaces: { from: ['A', 'B', 'C', 'D', 'E'], to: ['B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] } }, ['Workspaces: 5 → 8 (+ F, G, H and 1 more; − A)']],
  ['user.workspaces_changed', { workspaces: { from: [ID], to: [ID, ID] } }, ['Workspaces: 1 → 2']],
  ['user.erased', { lines: { from: null, to: 1200 } }, ['Lines: 1,200']],
  ['user_import.started', { total: { from: null, to: 12 } }, ['Rows of the file: 12']],
  ['user_import.finished', RESULT, ['Rows of the file: 12', 'Added: 10', 'Rejected: 2']],
  ['user_import.failed', RESULT, ['Rows of the file: 12', 'Added: 10', 'Rejected: 2']],
  ['license.assigned', { license: { from: null, to: 'pro' } }, ['License: Pro']],
  ['license.changed', { license: { from: 'eco', to: 'pro' } }, ['License: Eco → Pro']],
  ['license.removed', { license: { from: 'pro', to: null } }, ['License: Pro → —']],
  ['license.transferred', { license: { from: 'pro', to: 'pro' }, holder: { from: 'a@acme.example', to: 'b@acme.example' } }, ['License: Pro', 'Held by: a@acme.example → b@acme.example']],
  ['license.activated', { state: { from: 'assigned', to: 'active' }, license: { from: 'pro', to: 'pro' } }, ['License: Pro']],
  ['activation.sent', { expiresAt: { from: null, to: '2026-03-09T10:00:00.000Z' } }, ['Expires: Mar 9, 2026, 10:00 AM']],
  ['activation.redeemed', { status: { from: 'pending', to: 'active' } }, ['Status: Pending → Active']],
  ['domain.added', { name: { from: null, to: 'acme.example' } }, ['Name: acme.example']],
  ['domain.checked', { outcome: { from: 'not_found', to: 'verified' } }, ['Result: No record found → As expected']],
  ['domain.approved', { status: { from: 'pending', to: 'approved' }, warning: { from: null, to: null } }, ['Status: Not proved yet → Approved']],
  ['domain.refused', { status: { from: 'contested', to: 'refused' }, reason: { from: null, to: 'contest_lost' } }, ['Status: Contested → Refused', 'Reason: It was approved for another organization after a contest.']],
  ['domain.failed', { status: { from: 'pending', to: 'failed' } }, ['Status: Not proved yet → Not proved in time']],
  ['domain.contested', { warning: { from: null, to: 'contested' } }, ['Warning: Contested']],
  ['domain.record_missing', { warning: { from: null, to: 'record_missing' } }, ['Warning: No record found']],
  ['domain.removed', { status: { from: 'approved', to: null }, users: { from: 3, to: 3 } }, ['Status: Approved → —', 'Users: 3']],
  ['workspace.added', { name: { from: null, to: 'Sales' } }, ['Name: Sales']],
  ['workspace.edited', { name: { from: 'Sales', to: 'Sales EU' } }, ['Name: Sales → Sales EU']],
  ['workspace.removed', { name: { from: 'Sales', to: null }, members: { from: ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example'], to: [] }, contacts: { from: 4, to: 0 } }, ['Name: Sales → —', 'Members: a@x.example, b@x.example, c@x.example and 2 more → —', 'Contacts: 4 → 0']],
  ['contact.added', { email: { from: null, to: 'c@x.example' }, workspace: { from: null, to: 'Sales' } }, ['E-mail: c@x.example', 'Workspace: Sales']],
  ['contact.edited', { assignedTo: { from: null, to: 'ana@acme.example' } }, ['Assigned to: — → ana@acme.example']],
  ['contact.removed', { email: { from: 'c@x.example', to: null } }, ['E-mail: c@x.example → —']],
  ['contacts.reassigned', { assignedTo: { from: 'a@acme.example', to: null }, contacts: { from: 0, to: 7 } }, ['Contacts: 0 → 7', 'Assigned to: a@acme.example → —']],
  ['role.added', { name: { from: null, to: 'Auditors' }, permissions: { from: [], to: ['logs.export'] } }, ['Name: Auditors', 'What this role allows: — → Export the log']],
  ['role.edited', { permissions: { from: PERMISSIONS.slice(0, 5), to: PERMISSIONS.slice(1, 5) } }, ['What this role allows: 5 → 4 (− See the organization’s information)']],
  ['role.removed', { name: { from: 'Auditors', to: null }, permissions: { from: ['logs.export'], to: [] } }, ['Name: Auditors → —', 'What this role allows: Export the log → —']],
  ['order.placed', { status: { from: null, to: 'pending_payment' }, amountCents: { from: null, to: 2400 }, currency: { from: null, to: 'EUR' } }, ['Status: Waiting for payment', 'Amount: €24.00']],
  ['order.repeated', { status: { from: null, to: 'done' }, renewsOn: { from: '2026-03-02', to: '2027-03-02' } }, ['Status: Done', 'Term until: Mar 2, 2026 → Mar 2, 2027']],
  ['order.paid', { status: { from: 'pending_payment', to: 'done' }, 'quantity.pro': { from: 10, to: 15 } }, ['Status: Waiting for payment → Done', 'Licenses · Pro: 10 → 15']],
  ['order.failed', { status: { from: 'pending_payment', to: 'failed' } }, ['Status: Waiting for payment → Payment failed']],
  ['order.cancelled', { status: { from: 'pending_payment', to: 'cancelled' } }, ['Status: Waiting for payment → Cancelled']],
  ['billing.edited', { company: { from: '', to: 'Acme' }, vat: { from: 'FR1', to: 'FR2' }, country: { from: 'FR', to: 'ES' } }, ['Company: — → Acme', 'Country code: FR → ES', 'VAT number: FR1 → FR2']],
  ['service_key.created', { purpose: { from: null, to: 'ingest' } }, []],
  ['message.revoke_requested', { status: { from: 'live', to: 'revoke_requested' } }, ['Status: Live → Revocation requested']],
  ['message.revoke_confirmed', { status: { from: 'revoke_requested', to: 'revoked' } }, ['Status: Revocation requested → Revoked']],
  ['log.exported', { from: { from: null, to: '2026-03-01T00:00:00.000Z' }, kind: { from: null, to: 'opened' }, user: { from: null, to: ID }, format: { from: null, to: 'csv' } }, ['From: Mar 1, 2026', 'Kind: Opened', 'User: 1 selected', 'Format: CSV']],
  ['log.exported', { category: { from: null, to: 'sign_in' }, kind: { from: null, to: 'opened,unheard_of' }, after: { from: null, to: 500 }, q: { from: null, to: 'ana' } }, ['Search: ana', 'Category: Sign-ins', 'Kind: 2 selected', 'After line: 500']],
  ['file.downloaded', { status: { from: null, to: 'live' }, mine: { from: null, to: 'true' }, importId: { from: null, to: ID }, format: { from: null, to: 'xlsx' } }, ['Status: Live', 'My messages: On', 'Format: Excel']],
  ['log.purge_requested', { lines: { from: 700, to: 0 }, through: { from: null, to: 701 } }, ['Lines: 700 → 0', 'Last line: 701']],
  ['log.purged', { lines: { from: 700, to: 0 }, firstSequence: { from: null, to: 2 }, lastSequence: { from: null, to: 701 } }, ['Lines: 700 → 0', 'First line: 2', 'Last line: 701']],
  ['log.purge_refused', { problem: { from: null, to: 'text_edited' } }, []],
]

const said = (kind: AuditKind, changes: Changes, locale: (typeof LOCALES)[number] = 'en') => changeLines({ kind, changes }, sampleEnv({ locale }).t)
const AREAS = [...new Set(Object.keys(CATALOGS.en).map((key) => key.split('.')[0]))].join('|')
/** Words of the data and of the catalogs, which nobody should read. */
const RAW = new RegExp(`(^|\\s)(${AREAS})\\.[a-z_.]+|${ID}|\\b(null|undefined|\\[object|[a-z]+_[a-z]+|[a-z]+[A-Z][a-z]+)\\b|\\{`)

test.each(TOLD.map(([kind, changes, lines], i) => [kind, i, changes, lines] as const))('%s (%i) says what was and what is', (kind, _i, changes, lines) =>
  expect(said(kind, changes).map(({ label, text }) => `${label}: ${text}`)).toEqual(lines))

test.each(LOCALES.flatMap((locale) => TOLD.map(([kind, changes], i) => [locale, kind, i, changes] as const)))('in %s no word of the data is left in %s (%i)', (locale, kind, _i, changes) =>
  expect(said(kind, changes, locale).flatMap(({ label, text }) => [label, text]).filter((text) => RAW.test(text))).toEqual([]))

test('every kind that carries changes is in the table', () => {
  const without = ['organization.created', 'activation.code_sent', 'identity.linked', 'identity_link.added', 'identity_link.removed', 'service_key.revoked', 'access.refused']
  expect(AUDIT_KINDS.filter((kind) => !without.includes(kind) && !TOLD.some(([told]) => told === kind))).toEqual([])
})

test('every field that a change may name has a label in three languages, or is left to the sentence', () => {
  const labels = CHANGED_FIELDS.flatMap((field) => FIELD_LABELS[field] ?? [])
  expect(LOCALES.flatMap((locale) => labels.filter((key) => !(key in CATALOGS[locale])))).toEqual([])
  expect(CHANGED_FIELDS.filter((field) => FIELD_LABELS[field] === null)).toEqual(['state', 'purpose', 'currency', 'problem', 'sort', 'importId', 'exportId'])
})

test('a field that this version does not know is a detail, never its own word', () =>
  expect(said('user.edited', { shoeSize: { from: 41, to: 42 }, nested: { from: null, to: { secret: 'x' } } })).toEqual([{ label: 'Details', text: '41 → 42' }, { label: 'Details', text: '— → Unknown' }]))

test('what was erased is said to be erased, not to be of the system', () => {
  const { t } = sampleEnv()
  const erased = event({ kind: 'user.edited', erased: true, actor: { id: 'u-1', email: '', name: '' }, target: { type: 'user', id: 'u-1', label: '' }, ip: null })
  expect(eventSentence(erased, t)).toBe('(erased) edited (erased)')
  expect(eventEntry(erased, sampleEnv()).note).toBe('Outlook · Personal text erased')
  expect(eventSentence(event({ kind: 'user.erased', actor: { id: null, email: '', name: '' }, target: { type: 'user', id: 'u-1', label: '' } }), t)).toBe('System erased the personal data of (erased)')
})
