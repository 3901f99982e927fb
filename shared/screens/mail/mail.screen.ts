import { fullName, initials } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { IMPORT_MAX_BYTES } from '../../imports/limits.model'
import type { LicensePool } from '../../licenses/licenses.model'
import type { ContextPerson } from '../../mail/context.model'
import { activationTokenOf, trackedMessageOf } from '../../mail/links'
import type { MailContext, MailPerson } from '../../mail/mail.model'
import { peopleOf } from '../../mail/people'
import type { User } from '../../users/users.model'
import { activationBlocks } from '../activation/activation-blocks'
import { contactLink } from '../contacts/contact-link'
import { anyParams, defineScreen, type AnyScreen } from '../define'
import { mailClaims } from '../domains/claim-blocks'
import { attachmentsOf, fileParams } from '../imports/attachments'
import { eventText, type EntryOf } from '../logs/events'
import { trackedBlocks } from '../logs/tracked-blocks'
import type { ActionRef, Block, Env, Needs, Row } from '../vocabulary'
import { licenseText, planText, roleText, statusBadge } from '../words'

type Replies = { context: ReplyOf<'context.read'> }

const ownEmail = (env: Env): string | null => env.viewer?.user?.email ?? null

const needs = (mail: MailContext, env: Env): Needs<Replies> => ({
  context: call('context.read', {
    body: {
      emails: peopleOf(mail, ownEmail(env)).map((person) => person.email),
      messageId: trackedMessageOf(mail, env.origins.message) ?? undefined,
      activationToken: activationTokenOf(mail.links ?? [], env.origins.app) ?? undefined,
    },
  }),
})

/** What somebody did or met last, as far as the viewer may know it. */
const lastText = ({ lastEvents: [last] }: ContextPerson, env: Env): string =>
  (last === undefined ? '' : `${eventText(last, env)} (${env.t.ago(last.at, env.now)})`)

/** A license for who has none, of each plan with stock; with none left, that is what the action says. */
const assignActions = (user: User, pools: readonly LicensePool[], env: Env): ActionRef[] => {
  if (user.license !== null || user.abilities['user.assign_license'] !== true) return []
  const inStock = pools.filter(({ available }) => available > 0)
  if (pools.length > 0 && inStock.length === 0) return [{ action: 'license.assign', args: { userId: user.id }, label: env.t('license.assign'), icon: 'license', enabled: env.t.code('license.none_left') }]
  return inStock.map(({ plan, available }) => ({ action: 'license.assign', args: { userId: user.id, plan }, label: env.t('mail.assign', { plan: planText(plan, env), count: available }), icon: 'license', enabled: true }))
}

const linkActions = (user: User, env: Env): ActionRef[] =>
  (user.abilities['user.send_activation'] === true ? [{ action: 'activation.send', args: { userId: user.id, name: fullName(user) }, label: env.t('user.send_activation'), icon: 'mail', enabled: true }] : [])

/** A person of the mail whom the organization knows: what they hold and did last, and what they lack, right here. */
const knownRow = (person: ContextPerson, pools: readonly LicensePool[], env: Env): Row | null => {
  if (person.user === null) return null
  const { user } = person
  const menu = [...assignActions(user, pools, env), ...linkActions(user, env)]
  return {
    id: user.id, title: fullName(user), sub: [user.email, roleText(user, env), licenseText(user.license, env), lastText(person, env)].filter(Boolean).join(' · '),
    badge: statusBadge(user, env), avatar: initials(user), open: { screen: 'user', params: { userId: user.id } }, ...(menu.length > 0 ? { menu } : {}),
  }
}

/** A stranger who is a contact already is opened; anybody else can be saved as one. */
const contactPart = (person: ContextPerson, name: string, env: Env): Pick<Row, 'open' | 'menu'> => {
  if (person.contact !== null) return { open: contactLink(person.contact) }
  if (env.viewer?.abilities['contacts.add'] !== true) return {}
  return { menu: [{ action: 'contact.start', args: { email: person.address, name }, label: env.t('mail.save_contact'), icon: 'contact', enabled: true }] }
}

/** Somebody who is in the mail and not in the organization. */
const strangerRow = (person: ContextPerson, names: Map<string, string>, env: Env): Row => {
  const name = names.get(person.address.toLowerCase()) ?? ''
  return {
    id: person.address,
    title: name || person.address,
    sub: [name ? person.address : '', env.t(`address_domain.${person.domain.state}`), person.contact === null ? '' : env.t('contacts.known_in', { workspace: person.contact.workspaceName })].filter(Boolean).join(' · '),
    avatar: initials({ firstName: name, lastName: '', email: person.address }),
    ...contactPart(person, name, env),
  }
}

const peopleBlocks = (context: Replies['context'], people: MailPerson[], env: Env): Block[] => {
  const names = new Map(people.map((person) => [person.email.toLowerCase(), person.name]))
  const known = context.people.flatMap((person) => knownRow(person, context.pools, env) ?? [])
  const strangers = context.people.filter((person) => person.user === null).map((person) => strangerRow(person, names, env))
  const section = (title: string, rows: Row[]): Block[] => (rows.length === 0 ? [] : [{ is: 'section', title, blocks: [{ is: 'people', label: title, rows, page: { next: null, total: rows.length } }] }])
  return [
    ...section(env.t('mail.known', { count: known.length }), known),
    ...section(env.t('mail.strangers', { count: strangers.length }), strangers),
    ...(strangers.length > 0 && context.viewer.abilities['users.add'] === true ? [{ is: 'actions' as const, items: [{ action: 'nav.people_add' as const, args: {}, label: env.t('users.add_these'), enabled: true as const }] }] : []),
  ]
}

const unreadableBlock = (context: Replies['context'], env: Env): Block[] =>
  context.unreadable.length === 0 ? [] : [{ is: 'notice', tone: 'neutral', text: env.t('mail.unreadable', { count: context.unreadable.length, addresses: env.t.list(context.unreadable.slice(0, 5)) }) }]

/** One file is offered with its name and one click; several are to be chosen from. */
const importBlocks = (context: Replies['context'], env: Env): Block[] => {
  const attachments = attachmentsOf(env)
  const [first, ...others] = attachments
  if (first === undefined || context.viewer.abilities['users.import'] !== true) return []
  const preview = { action: 'import.preview' as const, args: others.length === 0 ? fileParams(first) : {}, label: env.t('import.preview'), tone: 'primary' as const, icon: 'import' as const, enabled: true as const }
  const choice: Block = others.length === 0
    ? { is: 'notice', tone: 'info', text: first.name, actions: [preview] }
    : { is: 'files', name: 'file', label: env.t('import.choose'), attachments, accept: [], maxBytes: IMPORT_MAX_BYTES, pick: false, paste: false, action: preview }
  return [{ is: 'section', title: env.t('import.in_mail'), blocks: [choice] }]
}

/** Where the content may only be read after a click, the click is offered. */
const checkBlocks = (mail: MailContext, env: Env): Block[] =>
  mail.mode === 'read' && mail.text === null
    ? [{ is: 'notice', tone: 'info', text: env.t('mail.check_text'), actions: [{ action: 'screen.retry', args: {}, label: env.t('mail.check'), tone: 'primary', enabled: true }] }]
    : []

const noMail = (env: Env): Block => ({ is: 'empty', title: env.t('mail.none_title'), text: env.t('mail.none_text') })
const nobody = (env: Env): Block => ({ is: 'empty', title: env.t('mail.nobody_title'), text: env.t('mail.nobody_text') })

/** The people of the open mail: who they are in the organization. The way in. `entryOf` draws what happened to a secure message. */
export const mailScreen = (entryOf: EntryOf): AnyScreen => defineScreen<Partial<Replies>>({
  id: 'mail',
  parse: anyParams,
  needs: (_params, env) => (env.mail === null ? {} : needs(env.mail, env)),
  viewerFrom: 'context',
  withoutUser: true,
  shape: ['people'],
  cache: { forS: 120, tags: ['mail', 'users', 'licenses', 'contacts', 'messages', 'domains'] },
  view: ({ context }, _params, _draft, env) => {
    const title = env.t('mail.title')
    if (env.mail === null || !context?.ok || context.value === undefined) return { title, blocks: [noMail(env)] }
    const token = activationTokenOf(env.mail.links ?? [], env.origins.app)
    const blocks = [...checkBlocks(env.mail, env), ...activationBlocks(context.value.activation, token, env), ...trackedBlocks(context.value.message, entryOf, env), ...importBlocks(context.value, env), ...mailClaims(context.value.people, env), ...peopleBlocks(context.value, env.mail.people, env), ...unreadableBlock(context.value, env)]
    return { title, blocks: blocks.length === 0 ? [nobody(env)] : blocks }
  },
})
