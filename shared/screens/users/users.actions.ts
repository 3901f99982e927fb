import { fullName } from '../../kit/text'
import { call, dryRun } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { LOCALES } from '../../kit/locale'
import type { UserAdd, UserEdit, UsersAddMany } from '../../users/users.model'
import { compact, defineAction } from '../define'
import type { ActionRef, Draft, Effect, Env, Params, Tag } from '../vocabulary'
import { chosenWorkspaces } from '../workspaces/workspace-field'
import { chosen, typed } from './fields'

const CHANGES: Tag[] = ['users', 'licenses', 'workspaces', 'contacts', 'mail', 'events', 'me']
const userOf = (args: Params) => ({ userId: args['userId'] ?? '' })
const nameOf = (user: ReplyOf<'users.get'>): string => fullName(user)
const said = (text: string): Effect => ({ do: 'notify', tone: 'success', text })

/** The body of adding one user, from the steps so far; empty answers are left out. */
export const addBody = (draft: Draft, args: Params): UserAdd => {
  const language = LOCALES.find((locale) => locale === typed(draft, 'language'))
  const workspaceIds = args['skip'] === 'workspaces' ? [] : chosenWorkspaces(draft)
  return {
    email: typed(draft, 'email', args['email']).trim(), firstName: typed(draft, 'firstName', args['firstName']), lastName: typed(draft, 'lastName', args['lastName']), role: typed(draft, 'role', 'member'),
    ...(typed(draft, 'plan') === '' ? {} : { plan: typed(draft, 'plan') }),
    ...(workspaceIds.length === 0 ? {} : { workspaceIds }),
    ...(language === undefined ? {} : { language }),
  }
}

/** The parameters of another step of adding: the draft goes along. */
const toStep = (args: Params): Effect[] => [{ do: 'replace', keepDraft: true, to: { screen: 'user_add', params: args } }]

/** Only what was touched is sent: an untouched field can't undo somebody else's change. */
export const editBody = (draft: Draft): UserEdit => {
  const text = (name: string): string | undefined => (draft.values[name] === undefined ? undefined : typed(draft, name))
  const flag = (name: string): boolean | undefined => (draft.values[name] === undefined ? undefined : typed(draft, name) === 'on')
  const security = { secondFactor: flag('security.secondFactor'), protectedReplies: flag('security.protectedReplies') }
  return {
    firstName: text('firstName'), lastName: text('lastName'), mobile: text('mobile'), smsCountry: text('smsCountry')?.trim().toUpperCase(), timeZone: text('timeZone'), role: text('role'),
    language: LOCALES.find((locale) => locale === text('language')),
    ...(draft.values['workspaceIds'] === undefined ? {} : { workspaceIds: chosenWorkspaces(draft) }),
    ...(security.secondFactor === undefined && security.protectedReplies === undefined ? {} : { security }),
  }
}

const leaveBody = (draft: Draft) => ({ ...compact({ licenseTo: typed(draft, 'licenseTo').trim(), contactsTo: typed(draft, 'contactsTo').trim() }), ...(typed(draft, 'exportLog') === 'on' ? { exportLog: true } : {}) })

/** `Zoé Martin <zoe@acme.example>`, as the choice of a person of a mail carries it. */
export const personWord = (person: { name: string; email: string }): string => (person.name === '' ? person.email : `${person.name} <${person.email}>`)

const personOf = (word: string): UsersAddMany['people'][number] => {
  const [, name = '', email = word] = /^(.*) <([^<>]+)>$/.exec(word) ?? []
  const [firstName = '', ...rest] = name.trim().split(/\s+/)
  return { email, ...(name === '' ? {} : { firstName, lastName: rest.join(' ') }) }
}

const SEPARATOR = '\n'
/** People who are chosen before anybody has touched the form. */
export const preselected = (words: readonly string[]): string => words.join(SEPARATOR)
const peopleOf = (draft: Draft, args: Params): string[] => chosen(draft, 'people', (args['people'] ?? '').split(SEPARATOR).filter((word) => word !== ''))

const manyBody = (draft: Draft, args: Params): UsersAddMany => ({
  people: peopleOf(draft, args).map(personOf), role: typed(draft, 'role', 'member'), ...(typed(draft, 'plan') === '' ? {} : { plan: typed(draft, 'plan') }),
})

type Many = ReplyOf<'users.add_many'>
const withRest = ({ outcomes }: Many): Many['outcomes'] => outcomes.filter(({ remaining }) => remaining.length > 0)

/** Each reason once, with the addresses that it is about. */
const reasonsOf = (about: readonly { email: string; code: string | null }[], env: Env): string => {
  const emailsByCode = new Map<string, string[]>()
  for (const { email, code } of about) if (code !== null) emailsByCode.set(code, [...(emailsByCode.get(code) ?? []), email])
  return [...emailsByCode].map(([code, emails]) => env.t('users.reason_for', { emails: env.t.list(emails), reason: env.t.code(code) })).join(' ')
}

/** Who was added, who was left out and why, and of whom something remains to be done. */
const manyText = (reply: Many, env: Env): string => {
  const leftOut = reply.outcomes.filter(({ outcome }) => outcome === 'refused')
  const rest = withRest(reply)
  return [
    ...(reply.done > 0 ? [env.t('users.added_many', { count: reply.done })] : []),
    ...(leftOut.length > 0 ? [env.t('users.many_left_out', { count: leftOut.length, reasons: reasonsOf(leftOut, env) })] : []),
    ...(rest.length > 0 ? [env.t('users.many_with_rest', { count: rest.length, reasons: reasonsOf(rest.flatMap(({ email, remaining }) => remaining.map(({ code }) => ({ email, code }))), env) })] : []),
  ].join(' ')
}

const restoreRef = (user: ReplyOf<'users.get'>, env: Env): ActionRef => ({ action: 'user.restore', args: { userId: user.id }, label: env.t('common.undo'), enabled: true })

/** Adding, editing and dismissing users, one at a time. */
export const usersActions = {
  'nav.user_add': defineAction({
    confirm: 'never',
    // Each start has a draft of its own: what was typed for one person never meets the next.
    then: (_reply, args, _draft, env) => [{ do: 'open', to: { screen: 'user_add', params: { ...args, at: env.now } } }],
    changes: [],
  }),
  'nav.user_edit': defineAction({ confirm: 'never', then: (_reply, args) => [{ do: 'open', to: { screen: 'user_edit', params: userOf(args) } }], changes: [] }),
  'nav.user_leave': defineAction({ confirm: 'never', then: (_reply, args) => [{ do: 'open', to: { screen: 'user_leave', params: userOf(args) } }], changes: [] }),
  'nav.removed_users': defineAction({ confirm: 'never', then: (_reply, args) => [{ do: 'open', to: { screen: 'users', params: compact({ status: 'removed', q: args['q'] }) } }], changes: [] }),
  'nav.people_add': defineAction({ confirm: 'never', then: () => [{ do: 'open', to: { screen: 'people_add', params: {} } }], changes: [] }),

  /** From the person to the license: the server looks at address and role first. */
  'user_add.check': defineAction({
    check: (args, draft) => (addBody(draft, args).email === '' ? [{ code: 'field.required', path: 'email' }] : []),
    plan: (args, draft) => dryRun('users.add', { body: { ...addBody(draft, args), plan: undefined, workspaceIds: undefined } }),
    addressIn: 'email',
    confirm: 'if_consequences',
    then: (_reply, args) => toStep(args),
    changes: [],
  }),
  'user_add.step': defineAction({ confirm: 'never', then: (_reply, args) => toStep(args), changes: [] }),
  'users.add': defineAction<ReplyOf<'users.add'>>({
    plan: (args, draft) => dryRun('users.add', { body: addBody(draft, args) }),
    confirm: 'if_consequences',
    request: (args, draft, digest) => call('users.add', { body: addBody(draft, args), digest }),
    then: (user, _args, _draft, env) => [
      user.remaining.length === 0
        ? said(env.t('users.added', { name: nameOf(user) }))
        : { do: 'notify', tone: 'warning', text: env.t('users.added_with_rest', { name: nameOf(user), reasons: user.remaining.map(({ code }) => env.t.code(code)).join(' ') }) },
      { do: 'replace', to: { screen: 'user', params: { userId: user.id } } },
    ],
    changes: CHANGES,
  }),
  /** Adds the people who are chosen on the form; the plan says who and why not. */
  'users.add_many': defineAction<ReplyOf<'users.add_many'>>({
    check: (args, draft) => (peopleOf(draft, args).length === 0 ? [{ code: 'field.required', path: 'people' }] : []),
    plan: (args, draft) => dryRun('users.add_many', { body: manyBody(draft, args) }),
    confirm: 'always',
    request: (args, draft, digest) => call('users.add_many', { body: manyBody(draft, args), digest }),
    then: (reply, _args, _draft, env) => [{ do: 'notify', tone: reply.refused > 0 || withRest(reply).length > 0 ? 'warning' : 'success', text: manyText(reply, env) }, { do: 'back' }],
    changes: CHANGES,
  }),
  'user.save': defineAction<ReplyOf<'users.edit'>>({
    confirm: 'never',
    request: (args, draft) => call('users.edit', { params: userOf(args), body: editBody(draft), version: Number(args['version'] ?? 1) }),
    then: (user, _args, _draft, env) => [said(env.t('user.was_edited', { name: nameOf(user) })), { do: 'back' }],
    changes: CHANGES,
  }),
  'user.suspend': defineAction<ReplyOf<'users.suspend'>>({
    plan: (args) => dryRun('users.suspend', { params: userOf(args) }),
    confirm: 'always',
    request: (args, _draft, digest) => call('users.suspend', { params: userOf(args), digest }),
    then: (user, _args, _draft, env) => [said(env.t('user.was_suspended', { name: nameOf(user) }))],
    undo: (user, _args, env) => restoreRef(user, env),
    changes: CHANGES,
  }),
  'user.remove': defineAction<ReplyOf<'users.remove'>>({
    plan: (args) => dryRun('users.remove', { params: userOf(args) }),
    confirm: 'always',
    request: (args, _draft, digest) => call('users.remove', { params: userOf(args), digest }),
    then: (user, _args, _draft, env) => [said(env.t('user.was_removed', { name: nameOf(user) }))],
    undo: (user, _args, env) => restoreRef(user, env),
    changes: CHANGES,
  }),
  /** Also what takes a suspension or a removal back; a restore that loses something says so first. */
  'user.restore': defineAction<ReplyOf<'users.restore'>>({
    plan: (args) => dryRun('users.restore', { params: userOf(args) }),
    confirm: 'if_consequences',
    request: (args, _draft, digest) => call('users.restore', { params: userOf(args), digest }),
    then: (user, _args, _draft, env) => [said(env.t('user.was_restored', { name: nameOf(user) }))],
    changes: CHANGES,
  }),
  'user.leave': defineAction<ReplyOf<'users.leave'>>({
    plan: (args, draft) => dryRun('users.leave', { params: userOf(args), body: leaveBody(draft) }),
    confirm: 'always',
    request: (args, draft, digest) => call('users.leave', { params: userOf(args), body: leaveBody(draft), digest }),
    then: (user, _args, _draft, env) => [said(env.t('user.was_removed', { name: nameOf(user) })), { do: 'replace', to: { screen: 'users', params: {} } }],
    undo: (user, _args, env) => restoreRef(user, env),
    changes: CHANGES,
  }),
}
