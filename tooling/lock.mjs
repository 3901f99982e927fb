import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 50

/**
 * Runs `work` while this process alone holds the lock file. A lock whose
 * process is gone is taken over. Rejects after `waitMs`.
 */
export async function withLock(path, work, waitMs = 300_000) {
  mkdirSync(dirname(path), { recursive: true })
  for (let waitedMs = 0; !take(path); waitedMs += POLL_MS) {
    if (waitedMs >= waitMs) throw new Error(`another build has held ${path} for too long`)
    await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  if (!isStale(path)) return false
  rmSync(path, { force: true })
  return false
}

function isStale(path) {
  const holder = Number(readOrEmpty(path))
  if (!Number.isInteger(holder) || holder <= 0) return false
  try {
    process.kill(holder, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
