import type { Allowance, Me } from '../../access/me.model'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { LOCALES } from '../../kit/locale'
import type { User } from '../../users/users.model'
import { anyParams, defineScreen } from '../define'
import { theirsSince, touched, typed } from '../forms'
import { organizationBlocks } from './organizations'
import type { Block, Draft, Env, Fact, Field } from '../vocabulary'
import { licenseText, roleText } from '../words'

type Replies = { me: ReplyOf<'me.get'>; allowance: ReplyOf<'me.allowance'> }

const fields = (user: User, draft: Draft, env: Env): Field[] => [
  { as: 'text', name: 'firstName', label: env.t('user.first_name'), value: typed(draft, 'firstName', user.firstName) },
  { as: 'text', name: 'lastName', label: env.t('user.last_name'), value: typed(draft, 'lastName', user.lastName) },
  {
    as: 'one', name: 'language', label: env.t('user.language'), value: [typed(draft, 'language', user.languageChosen ? user.language : env.t.locale)],
    options: LOCALES.map((locale) => ({ value: locale, label: env.t(`common.language_${locale}`), enabled: true })),
  },
  { as: 'text', name: 'timeZone', label: env.t('user.time_zone'), hint: env.t('user.time_zone_hint'), value: typed(draft, 'timeZone', user.timeZone) },
  { as: 'text', name: 'mobile', label: env.t('user.mobile'), value: typed(draft, 'mobile', user.mobile) },
  // Only tightened here: a switch that is on has no place to be switched off.
  ...(user.security.secondFactor ? [] : [{ as: 'switch' as const, name: 'secondFactor', label: env.t('user.second_factor'), hint: env.t('me.security_hint'), value: typed(draft, 'secondFactor', '') }]),
  ...(user.security.protectedReplies ? [] : [{ as: 'switch' as const, name: 'protectedReplies', label: env.t('user.protected_replies'), value: typed(draft, 'protectedReplies', '') }]),
]

const conflictsWith = (record: Partial<User>, draft: Draft, env: Env): { field: string; label: string; mine: string; theirs: string }[] => {
  const rows = [['firstName', env.t('user.first_name'), record.firstName], ['lastName', env.t('user.last_name'), record.lastName], ['mobile', env.t('user.mobile'), record.mobile], ['timeZone', env.t('user.time_zone'), record.timeZone], ['language', env.t('user.language'), record.language]] as const
  return rows.flatMap(([field, label, stored]) => {
    const mine = touched(draft, field)
    return stored === undefined || mine === undefined || stored === mine ? [] : [{ field, label, mine, theirs: stored }]
  })
}

const profileForm = (user: User, draft: Draft, env: Env): Block => {
  const theirs = theirsSince(draft, user)
  const conflict = theirs === null ? [] : conflictsWith(theirs, draft, env)
  const version = theirs?.version ?? user.version
  return {
    is: 'form', id: 'profile', version, fields: fields(user, draft, env), issues: draft.issues ?? [], ...(conflict.length > 0 ? { conflict } : {}),
    submit: { action: 'account.save', args: { userId: user.id, version: String(version) }, label: env.t('common.save'), tone: 'primary', enabled: true },
  }
}

const NOTHING: Allowance = { validUntil: null, messages: null }

const licenseNote = (me: Me, { validUntil }: Allowance, env: Env): string => [
  me.license?.activatedAt ? env.t('me.license_since', { date: env.t.date(me.license.activatedAt) }) : '',
  validUntil === null ? '' : env.t('me.license_until', { date: env.t.date(validUntil) }),
].filter(Boolean).join(' · ')

/** What is left of a month's messages; below nothing there is nothing. */
const messageFacts = ({ messages }: Allowance, env: Env): Fact[] =>
  (messages === null ? [] : [{ label: env.t('me.messages_left'), value: `${env.t.number(Math.max(0, messages.limit - messages.sent))} / ${env.t.number(messages.limit)}` }])

const accountFacts = (me: Me, user: User, allowance: Allowance, env: Env): Fact[] => [
  { label: env.t('user.email'), value: user.email, copy: true },
  { label: env.t('user.role'), value: roleText(user, env) },
  { label: env.t('me.organization'), value: me.organization?.name ?? '' },
  { label: env.t('user.license'), value: licenseText(me.license, env), note: licenseNote(me, allowance, env) || undefined },
  ...messageFacts(allowance, env),
  { label: env.t('me.identities'), value: me.identity.email ?? me.identity.issuer, note: me.identity.issuer },
]

const links = (me: Me, user: User, env: Env): Block => ({
  is: 'links',
  items: [
    { label: env.t('me.activity'), icon: 'log', open: { screen: 'log', params: { user: user.id } } },
    { label: env.t('me.messages'), icon: 'message', open: { screen: 'messages', params: { mine: 'true' } } },
    ...(me.activations.length > 0 ? [{ label: env.t('activation.pending_title'), icon: 'mail' as const, open: { screen: 'activations' as const, params: {} } }] : []),
  ],
})

/** The way out, where it is ours to offer; else who says who one is. */
const sessionBlock = (me: Me, env: Env): Block => ({
  is: 'section', title: env.t('me.session'),
  blocks: env.can.signOut
    ? [{ is: 'actions', items: [{ action: 'session.sign_out', args: {}, label: env.t('common.sign_out'), enabled: true }] }]
    : [{ is: 'notice', tone: 'info', text: env.t('me.signed_in_by_client', { email: me.identity.email ?? me.identity.issuer }) }],
})

/** One's own account: profile, language, license, security, sign-in, and where to go from here. */
export const meScreen = defineScreen<Replies>({
  id: 'me',
  parse: anyParams,
  needs: () => ({ me: call('me.get', {}), allowance: call('me.allowance', {}) }),
  optional: ['allowance'],
  viewerFrom: 'me',
  shape: ['facts', 'form', 'links'],
  cache: { forS: 30, tags: ['me', 'users', 'licenses', 'messages'] },
  view: ({ me, allowance }, _params, draft, env) => {
    const title = env.t('me.title')
    if (!me.ok) return { title, blocks: [] }
    if (me.value.user === null) return { title, blocks: [sessionBlock(me.value, env)] }
    return {
      title,
      blocks: [
        { is: 'facts', items: accountFacts(me.value, me.value.user, allowance.ok ? allowance.value : NOTHING, env) },
        { is: 'section', title: env.t('me.profile'), blocks: [profileForm(me.value.user, draft, env)] },
        { is: 'section', title: env.t('me.links'), blocks: [links(me.value, me.value.user, env)] },
        ...organizationBlocks(me.value, env),
        sessionBlock(me.value, env),
      ],
    }
  },
})
