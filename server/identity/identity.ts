/** How an identity's issuer vouches for its address: for anybody, only for a tenant that an organization linked, or not at all. */
export type AddressProof = 'issuer' | 'tenant' | 'none'

/**
 * Who a verified token speaks for. `issuer` and `subject` are the key; `email` is the key
 * of the address that the token claims, and identifies nobody by itself.
 */
export type Identity = {
  kind: 'microsoft' | 'google' | 'oidc'
  issuer: string
  subject: string
  /** Entra tenant id or Google hosted domain; null where there is none. */
  tenant: string | null
  email: string | null
  proof: AddressProof
  /** Seconds since 1970. */
  expiresAt: number
}

/** A tenant whose proof of addresses an organization accepts. */
export type LinkedTenant = { kind: 'microsoft' | 'google'; tenant: string }

/** Whether the identity's tenant is among those that the organization linked. */
export const isLinkedTenant = (identity: Identity, linked: readonly LinkedTenant[]): boolean =>
  linked.some((tenant) => tenant.kind === identity.kind && tenant.tenant.toLowerCase() === identity.tenant?.toLowerCase())

/** Whether a first sign-in may link this identity to the user of its address: a Google or Microsoft tenant must be linked for that. */
export function linksAtSignIn(identity: Identity, linked: readonly LinkedTenant[]): boolean {
  if (identity.proof === 'none' || identity.email === null) return false
  return identity.kind === 'oidc' || isLinkedTenant(identity, linked)
}

/** Whether the identity alone shows that the address of this key is its own, so that redeeming needs no code. */
export function provesAddress(identity: Identity, emailKey: string, linked: readonly LinkedTenant[]): boolean {
  if (identity.email !== emailKey) return false
  return identity.proof === 'issuer' || (identity.proof === 'tenant' && isLinkedTenant(identity, linked))
}
