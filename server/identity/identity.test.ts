import { linksAtSignIn, provesAddress, type Identity } from './identity'

const person = (more: Partial<Identity>): Identity => ({ kind: 'google', issuer: 'i', subject: 's', tenant: 'acme.example', email: 'maria@acme.example', proof: 'issuer', expiresAt: 0, ...more })
const GOOGLE = { kind: 'google', tenant: 'acme.example' } as const
const ENTRA = { kind: 'microsoft', tenant: 't-1' } as const

describe('an identity', () => {
  it.each([
    ['Google, its domain linked', person({}), [GOOGLE], true, true],
    ['Google, its domain not linked', person({}), [], false, true],
    ['Google, another domain linked', person({ tenant: 'globex.example' }), [GOOGLE], false, true],
    ['Google, unproven', person({ proof: 'none' }), [GOOGLE], false, false],
    ['Microsoft, its tenant linked', person({ kind: 'microsoft', tenant: 'T-1', proof: 'tenant' }), [ENTRA], true, true],
    ['Microsoft, its tenant not linked', person({ kind: 'microsoft', tenant: 't-1', proof: 'tenant' }), [], false, false],
    ['Microsoft, another tenant linked', person({ kind: 'microsoft', tenant: 't-2', proof: 'tenant' }), [ENTRA], false, false],
    ['Microsoft, a tenant named like a Google domain', person({ kind: 'microsoft', tenant: 'acme.example', proof: 'tenant' }), [GOOGLE], false, false],
    ['Microsoft, unproven', person({ kind: 'microsoft', tenant: 't-1', proof: 'none' }), [ENTRA], false, false],
    ['a provider that proves addresses', person({ kind: 'oidc', tenant: null }), [], true, true],
    ['a provider that proves none', person({ kind: 'oidc', tenant: null, proof: 'none' }), [], false, false],
    ['without an address', person({ kind: 'oidc', email: null }), [], false, false],
  ])('of %s', (_what, identity, linked, links, proves) => {
    expect(linksAtSignIn(identity, linked)).toBe(links)
    expect(provesAddress(identity, 'maria@acme.example', linked)).toBe(proves)
    expect(provesAddress(identity, 'owner@acme.example', linked)).toBe(false)
  })
})
