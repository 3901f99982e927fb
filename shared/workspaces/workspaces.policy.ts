import type { Ability, Abilities } from '../access/abilities'
import { holds, type Viewer } from '../access/access.policy'

const mayManageWorkspaces = (viewer: Viewer): Ability => holds(viewer, 'workspaces.manage') || 'access.denied'

/** Whether the viewer sees every workspace; who does not sees those that they are a member of. */
export const seesAllWorkspaces = (viewer: Viewer): boolean => holds(viewer, 'workspaces.view') || holds(viewer, 'workspaces.manage')

/** What the viewer may do to any workspace that they see. */
export const workspaceAbilities = (viewer: Viewer): Abilities => ({ 'workspace.edit': mayManageWorkspaces(viewer), 'workspace.remove': mayManageWorkspaces(viewer) })

/** What the viewer may do to any contact that they see. */
export const contactAbilities = (viewer: Viewer): Abilities => ({ 'contact.edit': mayManageWorkspaces(viewer), 'contact.remove': mayManageWorkspaces(viewer) })
