import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { billingEditSchema, billingSchema, invoiceSchema, orderAddSchema, orderRenewSchema, orderSchema, ordersQuerySchema } from '../billing/billing.model'
import { pageOf, paging, queryNumber } from '../kit/schema'
import { activationSchema, activationTokenSchema, licenseAssignSchema, licenseTransferSchema, planSchema, poolSchema, redeemSchema } from '../licenses/licenses.model'
import { userSchema } from '../users/users.model'
import { endpoint } from './endpoint'

const assign = ['access.denied', 'access.members_only', 'not_found', 'plan.changed'] as const
const dead = ['activation.expired', 'activation.used', 'activation.replaced'] as const

/** Plans, pools, assignments, activation, orders and billing. */
export const licensesContract = {
  'plans.list': endpoint({ method: 'GET', path: '/v1/plans', who: 'user', summary: 'Kinds of license and their limits', reply: v.object({ items: v.array(planSchema) }), errors: [] }),
  'licenses.list': endpoint({ method: 'GET', path: '/v1/licenses', who: 'user', summary: 'License pools', reply: v.object({ items: v.array(poolSchema) }), errors: ['access.denied'] }),
  /** `abilities` are those that all rows share. */
  'licenses.unused': endpoint({ method: 'GET', path: '/v1/licenses/unused', who: 'user', summary: 'Licenses never activated or idle for some days', query: v.strictObject({ days: v.optional(queryNumber(1, 3650)), ...paging }), reply: v.object({ ...pageOf(userSchema).entries, abilities: abilitiesSchema }), errors: ['access.denied'] }),
  'licenses.assign': endpoint({ method: 'PUT', path: '/v1/users/{userId}/license', who: 'user', summary: 'Assign a license, or change its plan', body: licenseAssignSchema, reply: userSchema, planned: true, version: 'optional', errors: [...assign, 'license.none_left', 'license.same_plan', 'user.removed'] }),
  'licenses.remove': endpoint({ method: 'DELETE', path: '/v1/users/{userId}/license', who: 'user', summary: 'Remove a license and free its seat', reply: userSchema, planned: true, version: 'optional', errors: [...assign, 'license.absent'] }),
  'licenses.transfer': endpoint({ method: 'POST', path: '/v1/users/{userId}/license/transfer', who: 'user', summary: 'Move a license to a user without one', body: licenseTransferSchema, reply: v.object({ from: userSchema, to: userSchema }), planned: true, errors: [...assign, 'license.absent', 'user.already_licensed'] }),
  'activation.send': endpoint({ method: 'POST', path: '/v1/users/{userId}/activation-link', who: 'user', summary: 'Send or resend the activation link', reply: v.object({ expiresAt: v.string() }), errors: ['access.denied', 'access.members_only', 'not_found', 'license.absent', 'license.already_active', 'limit.reached', 'user.removed', 'user.suspended'] }),
  'activations.list': endpoint({ method: 'GET', path: '/v1/activations', who: 'identity', summary: 'Pending activations of the signed-in identity', reply: v.object({ items: v.array(activationSchema) }), errors: [] }),
  'activations.lookup': endpoint({ method: 'POST', path: '/v1/activations/lookup', who: 'anyone', summary: 'Describe an activation link; consumes nothing', body: activationTokenSchema, reply: v.object({ organization: v.string(), inviter: v.nullable(v.string()), plan: v.nullable(v.string()), expiresAt: v.string(), email: v.string(), language: v.string() }), errors: ['not_found', ...dead] }),
  'activations.code': endpoint({ method: 'POST', path: '/v1/activations/code', who: 'anyone', summary: 'Mail a 10-minute code to the owner of the link', body: activationTokenSchema, reply: 'none', status: 202, errors: [] }),
  /** `workspaceId` is where somebody who has just accepted the invitation begins: the first of their workspaces by name. */
  'activations.redeem': endpoint({ method: 'POST', path: '/v1/activations/redeem', who: 'anyone', summary: 'Accept the invitation and activate the license', body: redeemSchema, reply: v.object({ organization: v.string(), plan: v.nullable(v.string()), email: v.string(), user: v.nullable(userSchema), workspaceId: v.nullable(v.string()) }), errors: ['not_found', ...dead, 'activation.wrong_person', 'activation.proof_required', 'activation.code_wrong', 'auth.required', 'auth.suspended'] }),
  'orders.list': endpoint({ method: 'GET', path: '/v1/orders', who: 'user', summary: 'Orders, newest first', query: ordersQuerySchema, reply: pageOf(orderSchema), errors: ['access.denied'] }),
  'orders.add': endpoint({ method: 'POST', path: '/v1/orders', who: 'user', summary: 'Buy licenses, reduce their quantity, or change their plan', body: orderAddSchema, reply: orderSchema, status: 201, planned: true, errors: ['access.denied', 'order.below_assigned', 'order.payment_failed', 'plan.changed'] }),
  'orders.renew': endpoint({ method: 'POST', path: '/v1/orders/renewal', who: 'user', summary: 'Pay the licenses of a plan for another year', body: orderRenewSchema, reply: orderSchema, status: 201, planned: true, errors: ['access.denied', 'order.payment_failed', 'order.renewal_not_due', 'order.renewal_waits', 'plan.changed'] }),
  'billing.get': endpoint({ method: 'GET', path: '/v1/billing', who: 'user', summary: 'Billing information', reply: billingSchema, errors: ['access.denied'] }),
  'billing.edit': endpoint({ method: 'PUT', path: '/v1/billing', who: 'user', summary: 'Edit billing information', body: billingEditSchema, reply: billingSchema, version: 'optional', errors: ['access.denied', 'version.conflict'] }),
  'invoices.list': endpoint({ method: 'GET', path: '/v1/invoices', who: 'user', summary: 'Invoices, newest first', query: v.strictObject(paging), reply: pageOf(invoiceSchema), errors: ['access.denied'] }),
  'billing.stripe_webhook': endpoint({ method: 'POST', path: '/v1/billing/stripe-webhook', who: 'anyone', summary: 'Signed notices of the payment provider', body: 'bytes', reply: 'none', status: 204, errors: ['access.denied', 'not_found'] }),
} as const
