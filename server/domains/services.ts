import type { DomainLists } from '../../shared/domains/domains.parse'
import { createLookUp, type LookUp } from './dns'
import { createDomainLists } from './lists'

/** What the actions and jobs of domains reach outside the store. */
export type DomainServices = { lists: DomainLists; lookUp: LookUp }

/** The real ones, from the server's settings. */
export const createDomainServices = (settings: { publicUrl: string; dnsServers: readonly string[] }): DomainServices => ({
  lists: createDomainLists(settings.publicUrl),
  lookUp: createLookUp({ servers: settings.dnsServers }),
})
