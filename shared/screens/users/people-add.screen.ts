import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { ContextPerson } from '../../mail/context.model'
import type { MailContext } from '../../mail/mail.model'
import { peopleOf } from '../../mail/people'
import { anyParams, defineScreen } from '../define'
import { poolMeters } from '../licenses/pool-meter'
import type { Block, Draft, Env, Field, Option, RefusalText } from '../vocabulary'
import { chosen, planField, roleField, typed } from './fields'
import { personWord, preselected } from './users.actions'

type Replies = { context: ReplyOf<'context.read'>; roles: ReplyOf<'roles.list'> }

/** Arguments travel in a link; more people than fit are chosen by hand. */
const ARGS_BYTES = 1_000
const bytesOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter < '\u0080' ? 1 : 4), 0)

/** People of the mail whom the organization does not know, and whether their addresses can be added. */
export const strangersOf = (context: ReplyOf<'context.read'>): ContextPerson[] => context.people.filter((person) => person.user === null)

const addable = (person: ContextPerson, env: Env): true | RefusalText => {
  const allowsPublic = env.viewer?.organization?.settings.allowPublicDomains === true
  return person.domain.state === 'approved' || (person.domain.state === 'public' && allowsPublic) ? true : env.t.code('domain.not_approved')
}

const optionsOf = (context: ReplyOf<'context.read'>, mail: MailContext, env: Env): Option[] => {
  const nameByEmail = new Map(mail.people.map(({ email, name }) => [email.toLowerCase(), name]))
  return strangersOf(context).map((person) => {
    const name = nameByEmail.get(person.address.toLowerCase()) ?? ''
    return { value: personWord({ name, email: person.address }), label: name || person.address, ...(name === '' ? {} : { note: person.address }), enabled: addable(person, env) }
  })
}

const form = (options: Option[], replies: { roles: Replies['roles']['items']; pools: ReplyOf<'licenses.list'>['items'] }, draft: Draft, env: Env): Block[] => {
  const words = options.filter(({ enabled }) => enabled === true).map(({ value }) => value)
  const first = bytesOf(preselected(words)) > ARGS_BYTES ? [] : words
  const picked = chosen(draft, 'people', first)
  const people: Field = { as: 'many', name: 'people', label: env.t('users.people_to_add'), options, value: picked, redraws: true }
  return [
    ...poolMeters(replies.pools, typed(draft, 'plan'), picked.length, env),
    {
      is: 'form', id: 'people', issues: draft.issues ?? [],
      fields: [people, roleField(replies.roles, typed(draft, 'role', 'member'), env), ...(replies.pools.length === 0 ? [] : [planField(replies.pools, typed(draft, 'plan'), env)])],
      submit: { action: 'users.add_many', args: { people: preselected(first) }, label: env.t('users.add_these'), tone: 'primary', enabled: picked.length > 0 ? true : env.t('users.choose_people') },
    },
  ]
}

/** Adding people of the open mail: whom, as what, with which license; then the plan. */
export const peopleAddScreen = defineScreen<Partial<Replies>>({
  id: 'people_add',
  parse: anyParams,
  needs: (_params, env) => (env.mail === null ? {} : { context: call('context.read', { body: { emails: peopleOf(env.mail, env.viewer?.user?.email ?? null).map(({ email }) => email) } }), roles: call('roles.list', {}) }),
  viewerFrom: 'context',
  optional: ['roles'],
  shape: ['form'],
  cache: { forS: 120, tags: ['mail', 'users', 'licenses', 'roles'] },
  view: ({ context, roles }, _params, draft, env) => {
    const title = env.t('users.add_these')
    if (env.mail === null || !context?.ok || context.value === undefined) return { title, blocks: [{ is: 'empty', title: env.t('mail.none_title'), text: env.t('mail.none_text') }] }
    const options = optionsOf(context.value, env.mail, env)
    if (options.length === 0) return { title, blocks: [{ is: 'empty', title: env.t('users.nobody_to_add_title'), text: env.t('users.nobody_to_add_text') }] }
    if (env.viewer?.abilities['users.add'] !== true) return { title, blocks: [{ is: 'empty', title: env.t('users.add_denied_title'), text: env.t.code('access.denied') }] }
    return { title, blocks: form(options, { roles: roles?.ok ? roles.value?.items ?? [] : [], pools: context.value.pools }, draft, env) }
  },
})
