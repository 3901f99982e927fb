import { user } from './records'

const members = [user(), user({ id: 'u-2', email: 'luc@acme.example', firstName: '', lastName: '', status: 'pending', role: 'user_admin', license: null, plan: null, workspaceIds: ['w-1'] })]
const memberList = { items: members, next: 'c2', total: 2, abilities: { 'user.assign_workspaces': true } }
const nobody = { ...memberList, items: [], next: null, total: 0 }
/** A workspace whose viewer may do everything to it. */
export const workspace = { id: 'w-1', version: 2, name: 'Sales', members: 3, contacts: 12, createdAt: '2026-01-05T00:00:00.000Z', abilities: { 'workspace.edit': true, 'workspace.remove': true } }
const workspaceList = { items: [workspace, { ...workspace, id: 'w-2', name: 'Support', members: 0, contacts: 1 }], next: 'c2', total: 3 }
/** All of them: few enough to choose from. */
const fewWorkspaces = { ...workspaceList, next: null, total: 2 }
const noWorkspace = { items: [], next: null, total: 0 }
const contact = {
  id: 'c-1', version: 4, email: 'zoe@elsewhere.example', name: 'Zoe', workspaceId: 'w-1', workspaceName: 'Sales', assignedTo: { id: 'u-1', name: 'Ana Ruiz', email: 'ana@acme.example' },
  createdAt: '2026-01-06T00:00:00.000Z', abilities: { 'contact.edit': true, 'contact.remove': true },
}
const contactList = { items: [contact, { ...contact, id: 'c-2', name: '', assignedTo: null }], next: 'c2', total: 12 }
const noContact = { items: [], next: null, total: 0 }
const role = { id: 'r-1', name: 'Help desk', builtIn: false, permissions: ['users.view', 'activation.send'], users: 2, version: 3, abilities: { 'role.edit': true, 'role.remove': 'role.in_use' } }
const builtInRole = { ...role, id: 'user_admin', name: 'user_admin', builtIn: true, abilities: { 'role.edit': 'role.built_in', 'role.remove': 'role.built_in' } }
const organization = {
  id: 'o-1', name: 'Acme', version: 5, createdAt: '2026-01-01T00:00:00.000Z', address: '1 Main Street', contactEmail: 'it@acme.example',
  settings: { allowPublicDomains: true, sendActivationOnAssign: true, defaultLanguage: 'fr', requireSecondFactor: false, protectedReplies: false, retentionMonths: 24 },
}

/** Workspaces, contacts, roles and the organization. */
export const WORKSPACE_SAMPLES = {
  workspaces: { params: {}, ready: { workspaces: workspaceList }, empty: { workspaces: noWorkspace } },
  workspace: { params: { workspaceId: 'w-1' }, ready: { workspace, members: memberList, contacts: contactList }, empty: { workspace: { ...workspace, members: 0, contacts: 0, abilities: {} }, members: nobody, contacts: noContact } },
  workspace_people: { params: { workspaceId: 'w-1', q: 'a' }, ready: { workspace, users: memberList }, empty: { workspace, users: nobody } },
  contacts: { params: { assigned_to: 'u-1' }, ready: { contacts: contactList, workspaces: fewWorkspaces }, empty: { contacts: noContact, workspaces: noWorkspace } },
  contact: { params: { contactId: 'c-1', workspaceId: 'w-1' }, ready: { contact, people: memberList, workspaces: fewWorkspaces }, empty: { contact: { ...contact, assignedTo: null }, people: nobody, workspaces: noWorkspace } },
  contact_add: { params: { email: 'zoe@elsewhere.example', name: 'Zoe' }, ready: { workspaces: fewWorkspaces }, empty: { workspaces: noWorkspace } },
  contacts_reassign: { params: { from: 'u-9', workspace: 'w-1' }, ready: { from: user({ id: 'u-9' }), people: memberList }, empty: { from: user({ id: 'u-9' }), people: nobody } },
  roles: { params: {}, ready: { roles: { items: [builtInRole, role] } }, empty: { roles: { items: [] } } },
  role: { params: { roleId: 'r-1' }, ready: { role }, empty: { role: { ...role, users: 0, permissions: [], abilities: {} } } },
  role_add: { params: {}, ready: {}, empty: {} },
  organization: { params: {}, ready: { organization }, empty: { organization: { ...organization, address: '', contactEmail: '' } } },
}
