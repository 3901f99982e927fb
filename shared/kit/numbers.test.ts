import { countBy, sumOf } from './numbers'

test('items are summed and counted by key', () => {
  expect(sumOf([{ n: 2 }, { n: 3 }], ({ n }) => n)).toBe(5)
  expect([...countBy(['eco', 'pro', 'eco'], (plan) => plan)]).toEqual([['eco', 2], ['pro', 1]])
})
