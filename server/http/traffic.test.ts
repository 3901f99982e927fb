import { as, buildTestApp } from '../../tests/doubles/app'
import { done, refused } from './handler'
import { createTraffic } from './traffic'

/** A server whose list of plans and whose orders are answered when the test says so. */
async function openServer(mostMs: number) {
  const traffic = createTraffic(mostMs)
  let end: () => void = () => undefined
  let hear: () => void = () => undefined
  const said = new Promise<void>((resolve) => { end = resolve })
  const begun = new Promise<void>((resolve) => { hear = resolve })
  const { app } = await buildTestApp({
    'plans.list': async () => { hear(); await said; return done({ items: [] }) },
    'orders.add': async () => { hear(); await said; return refused('access.denied') },
  }, { traffic })
  return { app, traffic, begun, end }
}

/** The names of works in the order in which they end. */
async function orderOf(works: Record<string, Promise<unknown>>): Promise<string[]> {
  const ended: string[] = []
  await Promise.all(Object.entries(works).map(([name, work]) => work.then(() => ended.push(name))))
  return ended
}

test('work that can wait lets a read be answered first', async () => {
  const { app, traffic, begun, end } = await openServer(60_000)
  const read = app.inject({ url: '/v1/plans', headers: as('owner') })
  await begun
  const order = orderOf({ work: traffic.breathe(), read })
  setTimeout(end, 20)
  expect(await order).toEqual(['read', 'work'])
})

test('a read that takes its time keeps work waiting for a moment only', async () => {
  const { app, traffic, begun, end } = await openServer(1)
  const read = app.inject({ url: '/v1/plans', headers: as('owner') })
  await begun
  expect(await orderOf({ work: traffic.breathe().then(end), read })).toEqual(['work', 'read'])
})

test('a write is not waited for: it may be waiting for that very work', async () => {
  const { app, traffic, begun, end } = await openServer(60_000)
  const write = app.inject({ method: 'POST', url: '/v1/orders', headers: as('owner', { 'content-type': 'application/json' }), payload: JSON.stringify({ plan: 'eco', quantity: 1 }) })
  await begun
  expect(await orderOf({ work: traffic.breathe().then(end), write })).toEqual(['work', 'write'])
})
