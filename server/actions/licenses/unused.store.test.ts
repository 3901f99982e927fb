import { openAcme, type Acme } from '../../../tests/doubles/acme'
import { NOW } from '../../../tests/doubles/store'

jest.setTimeout(60_000)

const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000)

/** Who joined when, holds what since when, and was last seen when; `null` is never. */
const PEOPLE = [
  ['never-activated', { joined: 100, activated: null, seen: null }, true],
  ['never-activated-but-here', { joined: 100, activated: null, seen: 1 }, true],
  ['joined-14-days-ago', { joined: 14, activated: null, seen: null }, true],
  ['joined-13-days-ago', { joined: 13, activated: null, seen: null }, false],
  ['idle-for-31-days', { joined: 100, activated: 90, seen: 31 }, true],
  ['idle-for-29-days', { joined: 100, activated: 90, seen: 29 }, false],
  ['activated-long-ago-never-seen', { joined: 100, activated: 40, seen: null }, true],
  ['activated-lately-never-seen', { joined: 100, activated: 20, seen: null }, false],
  ['activated-lately-seen-long-ago', { joined: 100, activated: 5, seen: 60 }, false],
  ['suspended', { joined: 100, activated: 90, seen: 80, status: 'suspended' }, true],
  ['invited', { joined: 60, activated: null, seen: null, status: 'pending' }, true],
  ['without-a-license', { joined: 100, activated: 'none', seen: null }, false],
] as const

let acme: Acme
beforeAll(async () => {
  acme = await openAcme()
  await acme.server.store.asOwner('update license_pools set quantity = 100 where organization_id = $1', [acme.acme])
  for (const [name, { joined, activated, seen, ...more }] of PEOPLE) {
    const id = await acme.person(name, { created_at: daysAgo(joined), last_active_at: seen === null ? null : daysAgo(seen), ...more, ...('status' in more && more.status === 'pending' ? { activated_at: null } : {}) })
    if (activated === 'none') continue
    await acme.server.store.asOwner('insert into licenses (organization_id, user_id, plan, state, assigned_at, activated_at) values ($1, $2, $3, $4, $5, $6)',
      [acme.acme, id, 'eco', activated === null ? 'assigned' : 'active', daysAgo(joined), activated === null ? null : daysAgo(activated)])
  }
}, 60_000)
afterAll(() => acme.close())

const ask = (query = '', as = 'owner') => acme.send('GET', `/v1/licenses/unused${query}`, { as })
const namesOf = ({ body }: Awaited<ReturnType<typeof ask>>): string[] => (body.items ?? []).map(({ email }) => email.split('@')[0] ?? '')

it('a license is unused if it was never activated or its user was away for 30 days, after two weeks of grace', async () => {
  const reply = await ask()
  const expected = PEOPLE.filter(([, , isUnused]) => isUnused).map(([name]) => name)
  expect([namesOf(reply).sort(), reply.body['total'], reply.body['next']]).toEqual([[...expected].sort(), expected.length, null])
  expect(reply.body.items?.[0]).toMatchObject({ license: { plan: 'eco' } })
})

it.each([[28, 'idle-for-29-days', true], [50, 'idle-for-31-days', false], [19, 'activated-lately-never-seen', true], [3650, 'never-activated', true]] as const)('with %i days, %s is among them: %s', async (days, name, isAmong) => {
  expect(namesOf(await ask(`?days=${days}`)).includes(name)).toBe(isAmong)
})

it('the pages together are the list, and a cursor belongs to its own days', async () => {
  const seen: string[] = []
  let cursor = ''
  for (let page = 0; page < 10; page++) {
    const reply = await ask(`?limit=3${cursor}`)
    seen.push(...namesOf(reply))
    if (reply.body['next'] === null) break
    cursor = `&cursor=${String(reply.body['next'])}`
  }
  expect(seen).toEqual(namesOf(await ask()))
  expect((await ask(`?days=31${cursor}`)).body).toMatchObject({ code: 'request.invalid', issues: [{ code: 'cursor.invalid' }] })
})

it.each([['owner', 200], ['billing', 200], ['people', 200], ['maria', 403], ['stranger', 200]] as const)('%s is answered %i, with nobody of another organization', async (as, status) => {
  const reply = await ask('', as)
  expect([reply.status, namesOf(reply).length > 0]).toEqual([status, status === 200 && as !== 'stranger'])
})

it.each([['?days=0', 'field.too_small'], ['?days=4000', 'field.too_large'], ['?days=x', 'field.invalid'], ['?plan=eco', 'field.unknown']])('%s is refused: %s', async (query, code) => {
  expect((await ask(query)).body).toMatchObject({ code: 'request.invalid', issues: [{ code }] })
})
