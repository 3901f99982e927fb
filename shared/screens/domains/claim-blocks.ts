import type { ContextPerson } from '../../mail/context.model'
import type { ActionRef, Block, Env } from '../vocabulary'

/** *Claim this domain*, wherever a domain is met that the organization has not claimed. */
export const claimAction = (name: string, env: Env): ActionRef => ({ action: 'domain.add', args: { name }, label: env.t('domains.claim'), icon: 'domain', enabled: true })

const mayClaim = (env: Env): boolean => env.viewer?.abilities['domains.add'] === true

/** Strangers' domains that look like the organization's own: its own that nobody has claimed yet, or an imitation. */
export const mailClaims = (people: readonly ContextPerson[], env: Env): Block[] => {
  const strange = new Map(people.filter(({ user, domain }) => user === null && domain.state === 'unclaimed' && domain.looksLike !== null).map(({ domain }) => [domain.name, domain]))
  return [...strange.values()].map(({ name, looksLike }) => ({
    is: 'notice', tone: 'warning', text: env.t('domains.mail_claim', { domain: name, own: looksLike ?? '' }), ...(mayClaim(env) ? { actions: [claimAction(name, env)] } : {}),
  }))
}
