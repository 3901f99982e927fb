import { openAcme, type Acme } from '../../tests/doubles/acme'

jest.setTimeout(60_000)

let acme: Acme
beforeAll(async () => {
  acme = await openAcme()
  const { store } = acme.server
  await store.asOwner("update license_pools set renews_on = '2027-01-31' where organization_id = $1 and plan = 'eco'", [acme.acme])
  for (const [name, plan] of [['maria', 'eco'], ['people', 'pro']] as const) {
    await store.asOwner("insert into licenses (organization_id, user_id, plan, state, assigned_at) values ($1, $2, $3, 'assigned', now())", [acme.acme, await acme.idOf(name), plan])
  }
  const [maria, people] = [await acme.idOf('maria'), await acme.idOf('people')]
  // Two of this month, which began at the second of these moments, one of the month before, one of somebody else.
  const sent = [[maria, '2026-02-28T23:59:59.999Z'], [maria, '2026-03-01T00:00:00.000Z'], [maria, '2026-03-02T08:00:00.000Z'], [people, '2026-03-02T08:00:00.000Z']]
  for (const [index, [sender, at]] of sent.entries()) {
    await store.asOwner("insert into messages (organization_id, id, sender_id, sent_at, status) values ($1, $2, $3, $4, 'live')", [acme.acme, `m${index}`, sender, at])
  }
}, 60_000)
afterAll(() => acme.close())

it.each([
  ['maria', 'counts this month’s messages against the plan', { validUntil: '2027-01-31', messages: { sent: 2, limit: 50 } }],
  ['people', 'counts nothing where a plan has no limit', { validUntil: null, messages: null }],
  ['owner', 'is empty without a license', { validUntil: null, messages: null }],
])('the allowance of %s %s', async (as, _name, expected) => {
  expect(await acme.send('GET', '/v1/me/allowance', { as })).toEqual({ status: 200, body: expected })
})
