import type { ImportPreview } from '../../imports/imports.model'
import type { ContextPerson } from '../../mail/context.model'
import type { ActionRef, Block, Env, Fact } from '../vocabulary'

/** *Claim this domain*, wherever a domain is met that the organization has not claimed. */
const claimAction = (name: string, env: Env): ActionRef => ({ action: 'domain.add', args: { name }, label: env.t('domains.claim'), icon: 'domain', enabled: true })

const mayClaim = (env: Env): boolean => env.viewer?.abilities['domains.add'] === true

type Waiting = ImportPreview['domains'][number]

/** What can be done about one: claim it, open the claim that there is, or nothing, with the reason. */
const wayOf = ({ name, domainId, abilities }: Waiting, env: Env): Partial<Fact> => {
  const claim = abilities['domains.add']
  if (claim === true) return { action: claimAction(name, env) }
  const note = claim === 'access.denied' ? {} : { note: claim === 'domain.exists' ? env.t('domains.import_claimed') : env.t.code(claim) }
  return domainId === null ? note : { ...note, open: { screen: 'domain', params: { domainId } } }
}

/** Domains that keep people of an import out, with how many rows wait for each. */
export const importClaims = (domains: readonly Waiting[], env: Env): Block[] => {
  if (domains.length === 0) return []
  const items = domains.map((one): Fact => ({ label: one.unicodeName, value: env.t('domains.import_rows', { count: one.count }), ...wayOf(one, env) }))
  return [{ is: 'section', title: env.t('domains.import_title'), blocks: [{ is: 'facts', items }] }]
}

/** Strangers' domains that look like the organization's own: its own that nobody has claimed yet, or an imitation. */
export const mailClaims = (people: readonly ContextPerson[], env: Env): Block[] => {
  const strange = new Map(people.filter(({ user, domain }) => user === null && domain.state === 'unclaimed' && domain.looksLike !== null).map(({ domain }) => [domain.name, domain]))
  return [...strange.values()].map(({ name, looksLike }) => ({
    is: 'notice', tone: 'warning', text: env.t('domains.mail_claim', { domain: name, own: looksLike ?? '' }), ...(mayClaim(env) ? { actions: [claimAction(name, env)] } : {}),
  }))
}
