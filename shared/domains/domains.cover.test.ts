import { PERMISSIONS, type Permission } from '../access/permissions'
import { coverOf, isBelow, longestClaim, withParents, type Claim } from './domains.cover'
import { planDomainRemove, type DomainSnapshot } from './domains.plan'
import { domainAbilities } from './domains.policy'

const claims = new Map<string, Claim>([
  ['acme.example', { name: 'acme.example', status: 'approved', warning: null }],
  ['labs.acme.example', { name: 'labs.acme.example', status: 'pending', warning: null }],
  ['gone.example', { name: 'gone.example', status: 'approved', warning: 'record_missing' }],
  ['new.example', { name: 'new.example', status: 'pending', warning: null }],
])

describe('the longest approved match decides', () => {
  it.each<[string, string | null]>([
    ['acme.example', 'acme.example'], ['eu.acme.example', 'acme.example'], ['a.b.acme.example', 'acme.example'], ['labs.acme.example', 'acme.example'], ['notacme.example', null], ['example', null],
    ['new.example', null], ['eu.new.example', null], ['gone.example', 'gone.example'], ['eu.gone.example', null], ['sub.acme.example', null], ['x.sub.acme.example', null],
  ])('%s is covered by %s', (domain, name) => expect(coverOf(domain, claims, new Set(['sub.acme.example']))?.name ?? null).toBe(name))

  it('finds the claim that speaks for a domain, approved or not', () => {
    expect(longestClaim('x.labs.acme.example', claims)?.name).toBe('labs.acme.example')
    expect(longestClaim('other.example', claims)).toBeNull()
    expect(withParents('a.b.example')).toEqual(['a.b.example', 'b.example'])
    expect([isBelow('a.acme.example', 'acme.example'), isBelow('acme.example', 'acme.example'), isBelow('notacme.example', 'acme.example')]).toEqual([true, false, false])
  })
})

const viewer = (permissions: readonly Permission[]) => ({ userId: 'u', role: 'x', organizationId: 'o', permissions })
const domain = (part: Partial<DomainSnapshot> = {}): DomainSnapshot => ({ id: 'd', name: 'acme.example', label: 'acme.example', status: 'approved', users: 3, coveredBy: null, ...part })

describe('removing a domain', () => {
  const codes = (part: Partial<DomainSnapshot>) => planDomainRemove(domain(part), viewer(PERMISSIONS)).plan.consequences.map(({ code, params }) => [code, params['count'] ?? params['domain'] ?? null])
  it('says how many users hold addresses in it, and what follows', () => {
    expect(codes({})).toEqual([['plan.domain_users_kept', 3], ['plan.domain_released', 'acme.example'], ['plan.domain_record_ends', null]])
    expect(codes({ coveredBy: 'example.org' })).toEqual([['plan.domain_users_stay', 3], ['plan.domain_covered', 'example.org'], ['plan.domain_record_ends', null]])
    expect(codes({ status: 'pending', users: 0 })).toEqual([['plan.domain_record_ends', null]])
  })
  it('is refused to who may only see domains', () => expect(planDomainRemove(domain(), viewer(['domains.view'])).plan).toMatchObject({ count: 0, refused: [{ code: 'access.denied' }] }))
})

it('a refused domain is not checked, and can be removed', () => {
  expect(domainAbilities({ status: 'refused' }, viewer(PERMISSIONS))).toEqual({ 'domain.check': 'domain.refused', 'domain.remove': true })
  expect(domainAbilities({ status: 'pending' }, viewer(['domains.view']))).toEqual({ 'domain.check': 'access.denied', 'domain.remove': 'access.denied' })
})
