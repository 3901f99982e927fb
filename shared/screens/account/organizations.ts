import type { Me } from '../../access/me.model'
import type { Block, Env } from '../vocabulary'

/** The other organizations that one belongs to, each with the way over there; nothing for somebody of one. */
export const organizationBlocks = (viewer: Me, env: Env): Block[] => {
  const others = viewer.organizations.filter((other) => other.id !== viewer.organization?.id)
  if (others.length === 0) return []
  return [{
    is: 'section', title: env.t('me.organizations'), folded: true,
    blocks: [{ is: 'actions', items: others.map(({ id, name }) => ({ action: 'session.change_organization', args: { organizationId: id }, label: env.t('me.change_organization', { organization: name }), enabled: true })) }],
  }]
}
