import pino from 'pino'
import { startWorker } from './worker'

const logger = pino({ level: 'silent' })
const LONG_MS = 3_600_000

/** A loop that finds nothing, and how often it has looked. */
function looking(meanwhile: () => Promise<void> = async () => undefined) {
  const seen = { looks: 0 }
  return { seen, loop: { name: 'mails', idleMs: LONG_MS, run: async () => { seen.looks += 1; await meanwhile(); return 0 } } }
}

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve) })

test('a loop that found nothing looks again when it is woken, not before', async () => {
  const { seen, loop } = looking()
  const worker = startWorker([loop], logger)
  await turn()
  expect(seen.looks).toBe(1)
  worker.wake('mails')
  await turn()
  expect(seen.looks).toBe(2)
  await worker.stop()
})

test('what comes while a loop is looking is not overlooked', async () => {
  let goOn: () => void = () => undefined
  const { seen, loop } = looking(() => new Promise((resolve) => { goOn = resolve }))
  const worker = startWorker([loop], logger)
  worker.wake('mails')
  goOn()
  await turn()
  expect(seen.looks).toBe(2)
  goOn()
  const stopped = worker.stop()
  await stopped
})

test('a loop that found something looks again by itself', async () => {
  let looks = 0
  const worker = startWorker([{ name: 'mails', idleMs: LONG_MS, run: async () => { looks += 1; return looks < 5 ? 1 : 0 } }], logger)
  await turn()
  expect(looks).toBe(5)
  await worker.stop()
})

test('stopping waits for what has begun', async () => {
  let goOn: () => void = () => undefined
  const { loop } = looking(() => new Promise((resolve) => { goOn = resolve }))
  const worker = startWorker([loop], logger)
  const isStopped = { value: false }
  const stopping = worker.stop().then(() => { isStopped.value = true })
  await turn()
  expect(isStopped.value).toBe(false)
  goOn()
  await stopping
})
