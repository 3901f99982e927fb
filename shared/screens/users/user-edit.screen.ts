import { fullName } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { LOCALES } from '../../kit/locale'
import type { User } from '../../users/users.model'
import { defineScreen, needParams } from '../define'
import type { Block, Draft, Env, Field } from '../vocabulary'
import { roleText } from '../words'
import { theirsSince } from '../forms'
import { chosenWorkspaces, firstWorkspaces, placesOf, placesText, workspacesField, type Places } from '../workspaces/workspace-field'
import { roleField, typed } from './fields'

type Replies = { user: ReplyOf<'users.get'>; roles: ReplyOf<'roles.list'>; workspaces: ReplyOf<'workspaces.list'>; held: ReplyOf<'workspaces.list'> }
type Known = { roles: Replies['roles']['items']; places: Places }
type Conflicts = Extract<Block, { is: 'form' }>['conflict']

/** As many names as one request brings: a conflict speaks of workspaces that others have chosen. */
const NAMED = 200

const TEXTS = ['firstName', 'lastName', 'mobile', 'smsCountry', 'timeZone'] as const
const TEXT_PHRASE = { firstName: 'user.first_name', lastName: 'user.last_name', mobile: 'user.mobile', smsCountry: 'user.sms_country', timeZone: 'user.time_zone' } as const

const languageField = (user: User, draft: Draft, env: Env): Field => ({
  as: 'one', name: 'language', label: env.t('user.language'), value: [typed(draft, 'language', user.language)],
  options: LOCALES.map((locale) => ({ value: locale, label: env.t(`common.language_${locale}`), enabled: true })),
})

const profileFields = (user: User, draft: Draft, env: Env): Field[] => [
  ...TEXTS.map((name): Field => ({
    as: 'text', name, label: env.t(TEXT_PHRASE[name]), value: typed(draft, name, user[name]),
    ...(name === 'smsCountry' ? { hint: env.t('user.sms_country_hint') } : name === 'timeZone' ? { hint: env.t('user.time_zone_hint') } : {}),
  })),
  languageField(user, draft, env),
]

const flagOf = (on: boolean): string => (on ? 'on' : '')

/** One's own settings are only tightened: what is on already has no switch. */
const securityFields = (user: User, draft: Draft, env: Env): Field[] => {
  const isOwn = env.viewer?.user?.id === user.id
  return (['secondFactor', 'protectedReplies'] as const).filter((name) => !isOwn || !user.security[name]).map((name): Field => ({
    as: 'switch', name: `security.${name}`, label: env.t(name === 'secondFactor' ? 'user.second_factor' : 'user.protected_replies'), value: typed(draft, `security.${name}`, flagOf(user.security[name])),
  }))
}

/** Only fields that the viewer may change. */
const fieldsOf = (user: User, known: Known, draft: Draft, env: Env): Field[] => {
  const may = (ability: 'user.edit' | 'user.change_role' | 'user.assign_workspaces' | 'user.edit_security') => user.abilities[ability] === true
  return [
    ...(may('user.edit') ? profileFields(user, draft, env) : []),
    ...(may('user.change_role') && known.roles.length > 0 ? [roleField(known.roles, typed(draft, 'role', user.role), env)] : []),
    ...(may('user.assign_workspaces') && known.places.nameById.size > 0 ? [workspacesField(known.places, chosenWorkspaces(draft, user.workspaceIds), env)] : []),
    ...(may('user.edit_security') ? securityFields(user, draft, env) : []),
  ]
}

/** Ids as one value, in any order the same. */
const together = (ids: readonly string[]): string => [...ids].sort().join(' ')

/** Fields that both have changed: the person says whose value stays. */
const conflictsOf = (theirs: User, known: Known, draft: Draft, env: Env): NonNullable<Conflicts> => {
  const roleWord = (id: string): string => roleText({ role: id, roleName: known.roles.find((role) => role.id === id)?.name ?? theirs.roleName }, env)
  const places = (ids: string): string => placesText(known.places, ids.split(' ').filter((id) => id !== ''), env)
  const rows = [
    ...TEXTS.map((name) => ({ field: name, label: env.t(TEXT_PHRASE[name]), stored: theirs[name], word: (value: string) => value })),
    { field: 'language', label: env.t('user.language'), stored: theirs.language, word: (value: string) => env.t.code(`common.language_${value}`) },
    { field: 'role', label: env.t('user.role'), stored: theirs.role, word: roleWord },
    { field: 'security.secondFactor', label: env.t('user.second_factor'), stored: flagOf(theirs.security.secondFactor), word: (value: string) => env.t(value === 'on' ? 'common.on' : 'common.off') },
    { field: 'security.protectedReplies', label: env.t('user.protected_replies'), stored: flagOf(theirs.security.protectedReplies), word: (value: string) => env.t(value === 'on' ? 'common.on' : 'common.off') },
    { field: 'workspaceIds', label: env.t('user.workspaces'), stored: together(theirs.workspaceIds), word: places },
  ]
  const mineOf = (field: string): string => (field === 'workspaceIds' ? together(chosenWorkspaces(draft)) : typed(draft, field))
  return rows.filter(({ field, stored }) => draft.values[field] !== undefined && mineOf(field) !== stored)
    .map(({ field, label, stored, word }) => ({ field, label, mine: mineOf(field), theirs: stored, mineText: word(mineOf(field)), theirsText: word(stored) }))
}

const editForm = (user: User, known: Known, draft: Draft, env: Env): Block => {
  const since = theirsSince(draft, user)
  const now: User = { ...user, ...since }
  const conflict = since === null ? [] : conflictsOf(now, known, draft, env)
  const fields = fieldsOf(now, known, draft, env)
  if (fields.length === 0) return { is: 'empty', title: env.t('user.edit_denied_title'), text: env.t.code('access.denied') }
  return {
    is: 'form', id: 'user', version: now.version, fields, issues: draft.issues ?? [], ...(conflict.length > 0 ? { conflict } : {}),
    submit: { action: 'user.save', args: { userId: user.id, version: String(now.version) }, label: env.t('common.save'), tone: 'primary', enabled: true },
  }
}

/** Editing one user: profile, role, workspaces, security, as far as the viewer may. */
export const userEditScreen = defineScreen<Replies>({
  id: 'user_edit',
  parse: needParams('userId'),
  needs: (params) => ({
    user: call('users.get', { params: { userId: params['userId'] ?? '' } }), roles: call('roles.list', {}),
    workspaces: firstWorkspaces(NAMED), held: call('workspaces.list', { query: { member: params['userId'] ?? '', limit: String(NAMED) } }),
  }),
  optional: ['roles', 'workspaces', 'held'],
  shape: ['form'],
  cache: { forS: 30, tags: ['users', 'roles', 'workspaces'] },
  view: ({ user, roles, workspaces, held }, _params, draft, env) => {
    if (!user.ok) return { title: '', blocks: [] }
    const known: Known = { roles: roles.ok ? roles.value.items : [], places: placesOf(workspaces.ok ? workspaces.value : null, draft, held.ok ? held.value.items : []) }
    return { title: env.t('user.edit_title', { name: fullName(user.value) }), blocks: [editForm(user.value, known, draft, env)] }
  },
})
