import { meScreen } from './account/me.screen'
import { activationCodeScreen, activationsScreen } from './activation/activation.screen'
import { billingScreen } from './billing/billing.screen'
import { invoicesScreen } from './billing/invoices.screen'
import { orderScreen } from './billing/order.screen'
import { ordersScreen } from './billing/orders.screen'
import { contactAddScreen } from './contacts/contact-add.screen'
import { contactScreen } from './contacts/contact.screen'
import { contactsReassignScreen } from './contacts/contacts-reassign.screen'
import { contactsScreen } from './contacts/contacts.screen'
import type { AnyScreen } from './define'
import { domainAddScreen } from './domains/domain-add.screen'
import { domainScreen } from './domains/domain.screen'
import { domainsScreen } from './domains/domains.screen'
import { homeScreen } from './home.screen'
import type { ScreenId } from './ids'
import { identityLinksScreen } from './identity-links/identity-links.screen'
import { importProgressScreen, importsScreen } from './imports/import-progress.screen'
import { importScreen } from './imports/import.screen'
import { licenseTransferScreen } from './licenses/license-transfer.screen'
import { licensesUnusedScreen } from './licenses/licenses-unused.screen'
import { licensesScreen } from './licenses/licenses.screen'
import { eventEntry } from './logs/event-entry'
import { exportsScreen } from './logs/exports.screen'
import { logScreen } from './logs/log.screen'
import { messageScreen } from './logs/message.screen'
import { messagesScreen } from './logs/messages.screen'
import { retentionScreen } from './logs/retention.screen'
import { statisticsScreen } from './logs/statistics.screen'
import { mailScreen } from './mail/mail.screen'
import { organizationScreen } from './organization/organization.screen'
import { roleAddScreen, roleScreen } from './roles/role.screen'
import { rolesScreen } from './roles/roles.screen'
import { peopleAddScreen } from './users/people-add.screen'
import { userAddScreen } from './users/user-add.screen'
import { userEditScreen } from './users/user-edit.screen'
import { userLeaveScreen } from './users/user-leave.screen'
import { userScreen } from './users/user.screen'
import { usersBulkScreen } from './users/users-bulk.screen'
import { usersScreen } from './users/users.screen'
import { workspacePeopleScreen } from './workspaces/workspace-people.screen'
import { workspaceScreen } from './workspaces/workspace.screen'
import { workspacesScreen } from './workspaces/workspaces.screen'

/** All screens: an id without one does not compile, and no host names any of them. */
export const SCREENS: Record<ScreenId, AnyScreen> = {
  home: homeScreen,
  mail: mailScreen(eventEntry),
  me: meScreen,
  users: usersScreen,
  user: userScreen,
  user_add: userAddScreen,
  user_edit: userEditScreen,
  user_leave: userLeaveScreen,
  users_bulk: usersBulkScreen,
  people_add: peopleAddScreen,
  licenses: licensesScreen,
  license_transfer: licenseTransferScreen,
  identity_links: identityLinksScreen,
  domains: domainsScreen,
  domain: domainScreen,
  domain_add: domainAddScreen,
  log: logScreen,
  retention: retentionScreen,
  exports: exportsScreen,
  statistics: statisticsScreen,
  messages: messagesScreen,
  message: messageScreen,
  imports: importsScreen,
  import: importScreen,
  import_progress: importProgressScreen,
  activations: activationsScreen,
  activation_code: activationCodeScreen,
  workspaces: workspacesScreen,
  workspace: workspaceScreen,
  workspace_people: workspacePeopleScreen,
  contacts: contactsScreen,
  contact: contactScreen,
  contact_add: contactAddScreen,
  contacts_reassign: contactsReassignScreen,
  roles: rolesScreen,
  role: roleScreen,
  role_add: roleAddScreen,
  organization: organizationScreen,
  orders: ordersScreen,
  order: orderScreen,
  billing: billingScreen,
  invoices: invoicesScreen,
  licenses_unused: licensesUnusedScreen,
}
