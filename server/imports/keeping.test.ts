import { setTimeout as sleep } from 'node:timers/promises'
import { arrived } from '../../shared/kit/result'
import { keepLeft } from './keeping'
import type { OpenImport } from './reader'

const LONG_MS = 60_000
const A = Buffer.from('email\na@acme.example\n')
const B = Buffer.from('email\nb@acme.example\n')

/** A reader that keeps count of what it was asked for and what it was given back. */
function counting({ isDead = () => false, keepMs = LONG_MS, turn = async () => undefined, end = async () => undefined }: { isDead?: () => boolean; keepMs?: number; turn?: () => Promise<void>; end?: () => Promise<void> } = {}) {
  const opened: string[] = []
  const closed: string[] = []
  const still = new Set<object>()
  const reader = keepLeft({
    open: async (bytes) => {
      const name = Buffer.from(bytes).toString().charAt(6)
      await turn()
      opened.push(name)
      const one = {}
      still.add(one)
      const close = async (): Promise<void> => {
        closed.push(name)
        still.delete(one)
        await end()
      }
      const page: OpenImport['page'] = async () => {
        if (isDead()) throw new Error('the reading thread gave no answer')
        return { rows: [1], cells: [name], planned: [name] }
      }
      return arrived({ total: 1, header: ['email'], separator: ',', keys: '[]', preview: async () => { throw new Error('not asked for') }, page, close, leave: close })
    },
  }, keepMs)
  const open = async (bytes: Buffer): Promise<OpenImport> => {
    const file = await reader.open(bytes)
    if (!file.ok) throw new Error('a file was refused')
    return file.value
  }
  return { open, opened, closed, stillOpen: () => still.size }
}

describe('a file that was left open', () => {
  test('is there for whoever brings the same one', async () => {
    const { open, opened, closed } = counting()
    for (let time = 0; time < 3; time += 1) {
      const file = await open(A)
      expect((await file.page(0, 1)).cells).toEqual(['a'])
      await file.leave()
    }
    expect([opened, closed]).toEqual([['a'], []])
  })

  test('goes when another one comes, which is not taken for it', async () => {
    const { open, opened, closed } = counting()
    await (await open(A)).leave()
    expect((await (await open(B)).page(0, 1)).cells).toEqual(['b'])
    expect([opened, closed]).toEqual([['a', 'b'], ['a']])
  })

  test('is closed after a while', async () => {
    const { open, closed } = counting({ keepMs: 5 })
    await (await open(A)).leave()
    while (closed.length === 0) await sleep(5)
    expect(closed).toEqual(['a'])
  })

  test('is lent to one at a time', async () => {
    const { open, opened, closed } = counting()
    await (await open(A)).leave()
    const [first, second] = [await open(A), await open(A)]
    expect([opened, closed]).toEqual([['a', 'a'], []])
    await first.leave()
    await second.leave()
    expect([opened, closed]).toEqual([['a', 'a'], ['a']])
  })

  test('goes for the one that is left after it, also while others are still being closed', async () => {
    const { open, opened, stillOpen } = counting({ end: () => sleep(5) })
    await (await open(A)).leave()
    const [first, second] = await Promise.all([open(A), open(A)])
    const third = await open(A)
    await first.leave()
    await Promise.all([second.leave(), third.leave()])
    await (await open(A)).close()
    expect([opened.length, stillOpen()]).toEqual([3, 0])
  })

  test('makes way for whoever waits for a turn', async () => {
    let comeOn: () => void = () => undefined
    let turn: Promise<void> = Promise.resolve()
    const { open, closed } = counting({ turn: () => turn })
    const file = await open(A)
    turn = new Promise((resolve) => { comeOn = resolve })
    const waiting = open(B)
    await sleep(1)
    await file.leave()
    expect(closed).toEqual(['a'])
    comeOn()
    await waiting
  })

  test('is read again where its thread has died', async () => {
    let isDead = false
    const { open, opened, closed } = counting({ isDead: () => isDead })
    await (await open(A)).leave()
    isDead = true
    await open(A)
    expect([opened, closed]).toEqual([['a', 'a'], ['a']])
  })
})

test('a file that was closed is read again', async () => {
  const { open, opened, closed } = counting()
  await (await open(A)).close()
  await open(A)
  expect([opened, closed]).toEqual([['a', 'a'], ['a']])
})
