import { accountActions } from './account/account.actions'
import { activationActions } from './activation/activation.actions'
import { billingActions } from './billing/billing.actions'
import { ordersActions } from './billing/orders.actions'
import { contactsActions } from './contacts/contacts.actions'
import type { AnyAction } from './define'
import { domainsActions } from './domains/domains.actions'
import type { ActionId } from './ids'
import { identityLinksActions } from './identity-links/identity-links.actions'
import { importsActions } from './imports/imports.actions'
import { licensesActions } from './licenses/licenses.actions'
import { logsActions } from './logs/logs.actions'
import { navActions } from './nav.actions'
import { organizationActions } from './organization/organization.actions'
import { rolesActions } from './roles/roles.actions'
import { sessionActions } from './session.actions'
import { bulkActions } from './users/bulk.actions'
import { usersActions } from './users/users.actions'
import { workspacesActions } from './workspaces/workspaces.actions'

/** All actions: one exhaustive table, driven by `actionStep` in both hosts. */
export const ACTIONS: Record<ActionId, AnyAction> = {
  ...sessionActions,
  ...navActions,
  ...accountActions,
  ...importsActions,
  ...usersActions,
  ...bulkActions,
  ...licensesActions,
  ...identityLinksActions,
  ...domainsActions,
  ...logsActions,
  ...activationActions,
  ...workspacesActions,
  ...contactsActions,
  ...rolesActions,
  ...organizationActions,
  ...ordersActions,
  ...billingActions,
}
