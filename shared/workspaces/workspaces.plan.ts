import type { Viewer } from '../access/access.policy'
import type { Plan } from '../change-plan'
import { counted } from '../changes/consequences'
import { refusedOf, toPlan } from '../changes/decision'
import { workspaceAbilities } from './workspaces.policy'

/** A workspace as plans see it, counted at this moment. */
export type WorkspaceSnapshot = { id: string; label: string; members: number; contacts: number }

/** Remove a workspace: its members leave it, its contacts are gone. */
export const planWorkspaceRemove = (workspace: WorkspaceSnapshot, viewer: Viewer): { plan: Plan } => {
  const allowed = workspaceAbilities(viewer)['workspace.remove'] ?? 'access.denied'
  if (allowed !== true) return { plan: toPlan('workspace.remove', { refused: [refusedOf(workspace, allowed)] }) }
  const consequences = [...counted('plan.members_leave', { count: workspace.members }), ...counted('plan.contacts_removed', { count: workspace.contacts })]
  return { plan: toPlan('workspace.remove', { targets: [workspace], consequences }) }
}
