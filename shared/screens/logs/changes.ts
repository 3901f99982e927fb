import { isBuiltInRole } from '../../access/roles'
import type { PhraseKey, Translate } from '../../i18n/translate'
import type { ChangedField, LogEvent } from '../../logs/logs.model'
import type { ChangeLine } from '../vocabulary'
import { kindOptions } from './filters'

/** How a field is called; null where the sentence says it already, or where it says nothing to a reader. */
export const FIELD_LABELS: Record<ChangedField, PhraseKey | null> = {
  name: 'common.name', email: 'common.email', firstName: 'user.first_name', lastName: 'user.last_name', mobile: 'user.mobile', smsCountry: 'user.sms_country', timeZone: 'user.time_zone', language: 'user.language',
  secondFactor: 'user.second_factor', protectedReplies: 'user.protected_replies', role: 'user.role', status: 'user.status', license: 'user.license', state: null, holder: 'logs.holder', expiresAt: 'messages.expires_at',
  workspaces: 'user.workspaces', workspace: 'workspaces.one', members: 'workspaces.members_title', contacts: 'home.contacts', assignedTo: 'contacts.assignment', permissions: 'roles.grants', purpose: null, users: 'home.users',
  warning: 'logs.warning', outcome: 'logs.outcome', reason: 'import.reason', amountCents: 'orders.amount', currency: null, renewsOn: 'logs.term', company: 'billing.company', address: 'organization.address', country: 'billing.country', vat: 'billing.vat', contactEmail: 'organization.contact_email',
  'settings.allowPublicDomains': 'organization.allowPublicDomains', 'settings.sendActivationOnAssign': 'organization.sendActivationOnAssign', 'settings.defaultLanguage': 'organization.default_language',
  'settings.requireSecondFactor': 'organization.requireSecondFactor', 'settings.protectedReplies': 'organization.protectedReplies', 'settings.retentionMonths': 'organization.retention',
  total: 'import.rows', applied: 'logs.applied', rejected: 'logs.rejected', lines: 'retention.column_lines', firstSequence: 'logs.first_line', lastSequence: 'logs.last_line', problem: null,
  q: 'common.search', from: 'common.from', to: 'common.to', category: 'logs.column_category', kind: 'logs.column_kind', user: 'user.title', actor: 'logs.actor', ip: 'log.ip', after: 'logs.after_line', through: 'logs.last_line',
  mine: 'me.messages', plan: 'license.plan', domain: 'filter.domain', never_activated: 'filter.never_activated', sort: null, format: 'logs.format', importId: null, exportId: null,
}

const CHECKED: Record<string, PhraseKey> = {
  verified: 'domains.found_match', not_found: 'logs.no_record', wrong_value: 'domains.found_other', several_values: 'domains.found_other', wrong_host: 'domains.found_elsewhere', quoted_value: 'domains.found_quoted',
  no_such_domain: 'logs.no_record', server_failed: 'logs.no_answer', timed_out: 'logs.no_answer', record_missing: 'logs.no_record', contested: 'domain_status.contested',
}
const STATUS_AREAS: Record<string, string> = { domain: 'domain_status', order: 'order_status', message: 'message_status' }

type Told = { t: Translate; event: Pick<LogEvent, 'kind' | 'changes'> }
type Say = (value: string, told: Told) => string

/** The first of these keys that is a phrase, else the value as it stands. */
const firstOf = (keys: readonly string[], value: string, t: Translate): string => {
  const key = keys.find(t.has)
  return key === undefined ? value : t(key as PhraseKey)
}

const day: Say = (value, { t }) => t.date(value)
const language: Say = (value, { t }) => firstOf([`common.language_${value}`], value, t)
const plan: Say = (value, { t }) => firstOf([`plan_name.${value}`], value, t)
const checked: Say = (value, { t }) => firstOf([CHECKED[value] ?? ''], value, t)

/** How a word of data is said in the reader's language. */
const SAYS: Partial<Record<ChangedField, Say>> = {
  role: (value, { t }) => (isBuiltInRole(value) ? t(`role.${value}`) : value),
  status: (value, { t, event }) => firstOf([`${STATUS_AREAS[event.kind.split('.')[0] ?? ''] ?? 'status'}.${value}`, `message_status.${value}`], value, t),
  expiresAt: (value, { t }) => t.dateTime(value),
  permissions: (value, { t }) => firstOf([`permission.${value}`], value, t),
  reason: (value, { t }) => firstOf([`domains.reason.${value}`], value, t),
  category: (value, { t }) => firstOf([`log_category.${value}`], value, t),
  kind: (value, { t }) => kindOptions(t).find((option) => option.value === value)?.label ?? t('common.selected', { count: value.split(',').length }),
  format: (value) => (value === 'xlsx' ? 'Excel' : value.toUpperCase()),
  language, 'settings.defaultLanguage': language, license: plan, plan, warning: checked, outcome: checked, from: day, to: day, renewsOn: day,
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Nothing there. */
const NONE = '—'
/** So many entries of a list are named; of more there is a number. */
const NAMED_MAX = 3

const isField = (name: string): name is ChangedField => Object.prototype.hasOwnProperty.call(FIELD_LABELS, name)
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const wordText = (value: unknown, field: string, told: Told): string => {
  const { t, event } = told
  if (typeof value === 'boolean' || value === 'true' || value === 'false') return t(value === true || value === 'true' ? 'common.on' : 'common.off')
  if (field === 'amountCents') return t.money(Number(value), String(event.changes['currency']?.to ?? ''))
  if (field === 'settings.retentionMonths') return t('retention.keeps_months', { count: Number(value) })
  if (typeof value === 'number') return t.number(value)
  if (typeof value !== 'string') return t('common.unknown')
  if (UUID.test(value)) return t('common.selected', { count: 1 })
  return isField(field) ? SAYS[field]?.(value, told) ?? value : value
}

const namesText = (values: readonly unknown[], field: string, told: Told): string => {
  const named = values.slice(0, NAMED_MAX).map((value) => wordText(value, field, told))
  const rest = values.length - named.length
  return rest === 0 ? told.t.list(named) : `${named.join(', ')} ${told.t('pane.more_count', { count: rest })}`
}

const valueText = (value: unknown, field: string, told: Told): string => {
  if (field === 'settings.retentionMonths' && value === null) return told.t('retention.keeps_all')
  if (isEmpty(value)) return NONE
  if (!Array.isArray(value)) return wordText(value, field, told)
  // A line of an earlier version holds ids, which say nothing.
  return value.every((one) => typeof one === 'string' && UUID.test(one)) ? told.t.number(value.length) : namesText(value, field, told)
}

/** Long lists differ in few entries: their lengths, what came and what went. */
const listsText = (from: readonly unknown[], to: readonly unknown[], field: string, told: Told): string => {
  const came = to.filter((one) => !from.includes(one))
  const went = from.filter((one) => !to.includes(one))
  const parts = [...(came.length > 0 ? [`+ ${namesText(came, field, told)}`] : []), ...(went.length > 0 ? [`− ${namesText(went, field, told)}`] : [])]
  return `${told.t.number(from.length)} → ${told.t.number(to.length)} (${parts.join('; ')})`
}

const isLong = (value: unknown): boolean => Array.isArray(value) && value.length > NAMED_MAX && !value.every((one) => UUID.test(String(one)))

const changeText = (from: unknown, to: unknown, field: string, told: Told): string => {
  if (JSON.stringify(from) === JSON.stringify(to)) return valueText(to, field, told)
  // What was made, sent or asked for has no before.
  if ((from === null || from === undefined) && !/edited|changed|reassigned/.test(told.event.kind)) return valueText(to, field, told)
  if ((isLong(from) || isLong(to)) && Array.isArray(from) && Array.isArray(to) && from.length > 0 && to.length > 0) return listsText(from, to, field, told)
  return `${valueText(from, field, told)} → ${valueText(to, field, told)}`
}

const ORDER = Object.keys(FIELD_LABELS)
const placeOf = (field: string): number => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length)

const labelOf = (field: string, kind: string, t: Translate): string | null => {
  if (field === 'status' && kind.startsWith('message.')) return t('messages.status')
  if (field.startsWith('quantity.')) return `${t('home.licenses')} · ${firstOf([`plan_name.${field.slice('quantity.'.length)}`], field.slice('quantity.'.length), t)}`
  const key = isField(field) ? FIELD_LABELS[field] : 'common.details'
  return key === null ? null : t(key)
}

/**
 * What each field was and what it is, in the reader's words: "Role: Member → User administrator". A field that
 * this version does not know is called a detail, never by its own word.
 */
export const changeLines = (event: Pick<LogEvent, 'kind' | 'changes'>, t: Translate): ChangeLine[] =>
  Object.entries(event.changes).sort(([a], [b]) => placeOf(a) - placeOf(b)).flatMap(([field, { from, to }]) => {
    const label = labelOf(field, event.kind, t)
    return label === null || (isEmpty(from) && isEmpty(to)) ? [] : [{ label, text: changeText(from, to, field, { t, event }) }]
  })
