/** How the domain of an address stands in the viewer's organization. */
export const ADDRESS_DOMAIN_STATES = ['approved', 'pending', 'public', 'unclaimed', 'failed', 'refused', 'contested'] as const
