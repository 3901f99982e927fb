import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withLock } from './lock.mjs'

const folder = mkdtempSync(join(tmpdir(), 'orgdesk-lock-'))
const path = join(folder, 'deep/build.lock')

afterAll(() => rmSync(folder, { recursive: true }))

test('two builds at once run one after the other', async () => {
  const seen = []
  const work = (name) => withLock(path, async () => {
    seen.push(`${name} begins`)
    await new Promise((resolve) => { setTimeout(resolve, 5) })
    seen.push(`${name} ends`)
  })
  await Promise.all([work('one'), work('two')])
  expect(seen).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  expect(existsSync(path)).toBe(false)
})

test('a build that fails gives the lock back', async () => {
  await expect(withLock(path, async () => { throw new Error('broken') })).rejects.toThrow('broken')
  expect(existsSync(path)).toBe(false)
})

test('the lock of a process that is gone is taken over', async () => {
  const ABSENT_PROCESS = 2 ** 22 + 1
  writeFileSync(path, String(ABSENT_PROCESS))
  expect(await withLock(path, async () => 'built')).toBe('built')
})

test('a lock that is held for too long is an error, not a wait for ever', async () => {
  writeFileSync(path, String(process.pid))
  await expect(withLock(path, async () => 'built', 0)).rejects.toThrow('for too long')
  rmSync(path)
})
