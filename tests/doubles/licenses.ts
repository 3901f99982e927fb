import type { Row } from '../../server/store/tables'
import type { TestStore } from './store'

/** Sets how many licenses of a plan an organization has bought. */
export const setQuantity = async (store: TestStore, organizationId: string, plan: string, quantity: number): Promise<void> => {
  await store.system((db) => db.updateTable('license_pools').set({ quantity }).where('organization_id', '=', organizationId).where('plan', '=', plan).execute())
}

/** What is in a pool, as counted and as the rows say. */
export const seatsOf = async (store: TestStore, organizationId: string, plan: string): Promise<{ counted: number; held: number }> => {
  const [row] = await store.asOwner(
    `select p.assigned as counted, (select count(*)::int from licenses l where l.organization_id = p.organization_id and l.plan = p.plan) as held
     from license_pools p where p.organization_id = $1 and p.plan = $2`, [organizationId, plan])
  return { counted: Number(row?.['counted']), held: Number(row?.['held']) }
}

/** The mails that wait to be sent, the newest first. */
export const mailsOf = (store: TestStore, organizationId: string, kind?: string): Promise<Row<'outbox'>[]> =>
  store.read(organizationId, (db) => {
    const select = db.selectFrom('outbox').selectAll().where('organization_id', '=', organizationId).orderBy('created_at', 'desc').orderBy('id', 'desc')
    return (kind === undefined ? select : select.where('kind', '=', kind)).execute()
  })

/** The token of the newest activation link that was mailed to an address. */
export const tokenMailedTo = async (store: TestStore, organizationId: string, email: string): Promise<string> => {
  const mail = (await mailsOf(store, organizationId)).find((row) => row.to_email === email && row.secrets?.['token'] !== undefined)
  return mail?.secrets?.['token'] ?? ''
}

/** The newest code that was mailed to an address. */
export const codeMailedTo = async (store: TestStore, organizationId: string, email: string): Promise<string> => {
  const mail = (await mailsOf(store, organizationId, 'activation_code')).find((row) => row.to_email === email)
  return mail?.secrets?.['code'] ?? ''
}
