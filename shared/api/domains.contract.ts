import * as v from 'valibot'
import { domainAddSchema, domainSchema } from '../domains/domains.model'
import { pageOf, paging } from '../kit/schema'
import { endpoint } from './endpoint'

/** Claiming and proving domains. */
export const domainsContract = {
  'domains.list': endpoint({ method: 'GET', path: '/v1/domains', who: 'user', summary: 'Domains of the organization', query: v.strictObject(paging), reply: pageOf(domainSchema), errors: ['access.denied'] }),
  'domains.add': endpoint({ method: 'POST', path: '/v1/domains', who: 'user', summary: 'Claim a domain', body: domainAddSchema, reply: domainSchema, status: 201, errors: ['access.denied', 'domain.exists', 'domain.public_mailbox', 'domain.public_suffix', 'domain.reserved'] }),
  'domains.get': endpoint({ method: 'GET', path: '/v1/domains/{domainId}', who: 'user', summary: 'Read one domain', reply: domainSchema, errors: ['access.denied', 'not_found'] }),
  'domains.check': endpoint({ method: 'POST', path: '/v1/domains/{domainId}/check', who: 'user', summary: 'Look at DNS now', reply: domainSchema, errors: ['access.denied', 'not_found', 'domain.refused', 'limit.reached'] }),
  'domains.remove': endpoint({ method: 'DELETE', path: '/v1/domains/{domainId}', who: 'user', summary: 'Remove a domain', reply: 'none', status: 204, planned: true, errors: ['access.denied', 'not_found', 'plan.changed'] }),
} as const
