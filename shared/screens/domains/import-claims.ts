import type { ImportPreview } from '../../imports/imports.model'
import type { Block, Env, Fact } from '../vocabulary'
import { claimAction } from './claim-blocks'

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
