import { openAcme, type Acme } from '../../tests/doubles/acme'
import { parseCsv } from '../imports/csv'

/*
 * What a spreadsheet would compute, as every text that people can give to users and messages: in a file none of
 * it begins as a formula does. The log's own columns are tried beside its export.
 */

const PAYLOADS = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1+1', '＠A1', ' =1+1', '"=1+1', '\'"=cmd|\'/C calc\'!A0']
const STARTS_FORMULA = /^[\s"]*[=+\-@＝＋－＠\t\r\n\0]/

let acme: Acme
let members: string[]
beforeAll(async () => {
  acme = await openAcme()
  members = await Promise.all(PAYLOADS.map((_payload, n) => acme.person(`member${n}`)))
})
afterAll(() => acme.close())

/** Stored past all rules: files must hold whatever the store does. */
const store = (statement: string, values: unknown[]) => acme.server.store.asOwner(statement, values)

async function cellsOf(resource: string): Promise<string[][]> {
  const { body } = await acme.send('POST', '/v1/downloads', { body: { resource, format: 'csv' } })
  const file = await acme.server.app.inject({ url: String(body['url']) })
  const parsed = parseCsv(file.body.replace(/^\ufeff/, ''), ',', { records: 1_000, cells: 100, length: 100_000 })
  return parsed.ok ? parsed.records.slice(1) : []
}

it.each(PAYLOADS.map((payload, n) => [JSON.stringify(payload), payload, n] as const))('%s is text in every column of users and messages', async (_shown, payload, n) => {
  const organizationId = acme.acme
  await store('update users set email = $2, first_name = $2, last_name = $2, mobile = $2, language = $2 where id = $1', [members[n], payload])
  await store("insert into workspaces (organization_id, id, name, created_at) values ($1, gen_random_uuid(), $2, now())", [organizationId, payload])
  await store('insert into workspace_members (organization_id, workspace_id, user_id, added_at) select organization_id, id, $2::uuid, now() from workspaces where organization_id = $1 and name = $3', [organizationId, members[n], payload])
  await store("insert into messages (organization_id, id, reference, subject, type, sender_email, sender_name, sent_at, status) values ($1, $2 || 'id', $2, $2, $2, $2, $2, now(), 'live')", [organizationId, payload])
  await store("insert into message_recipients (organization_id, message_id, email_key, email, state) values ($1, $2 || 'id', $2, $2, 'sent')", [organizationId, payload])
  for (const resource of ['users', 'messages']) {
    const rows = (await cellsOf(resource)).filter((cells) => cells.some((cell) => cell.includes(payload)))
    expect(rows).toHaveLength(1)
    expect((rows[0] ?? []).filter((cell) => cell.includes(payload)).length).toBeGreaterThanOrEqual(4)
    expect((rows[0] ?? []).filter((cell) => STARTS_FORMULA.test(cell))).toEqual([])
    await store(`delete from ${resource === 'users' ? 'workspaces' : 'messages'} where organization_id = $1`, [organizationId])
  }
  await store("update users set email = 'x' || id, first_name = '', last_name = '', mobile = '', language = 'en' where id = $1", [members[n]])
})
