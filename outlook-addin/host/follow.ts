import type { MailContext } from '../../shared/mail/mail.model'
import type { Unsubscribe } from './host'

/** Reads whatever is open now; `sequence` counts the mails since the pane was opened. */
export type ReadOpen = (sequence: number) => Promise<MailContext | null>

export type Following = {
  mail(): Promise<MailContext | null>
  onMailChanged(listener: () => void): Unsubscribe
  /** To be called by the client when another item, or none, is open. */
  changed(): void
}

/**
 * The guard against slow answers: a reading that another mail overtook is thrown away and done again
 * for the mail that is open now, so nobody ever hears of the older one. Readings of the same mail at
 * the same time are one.
 */
export const createFollowing = (read: ReadOpen): Following => {
  const listeners = new Set<() => void>()
  let sequence = 0
  let running: { sequence: number; mail: Promise<MailContext | null> } | null = null

  const readLatest = async (): Promise<MailContext | null> => {
    const started = sequence
    const mail = await read(started)
    return started === sequence ? mail : current()
  }
  const current = (): Promise<MailContext | null> => {
    if (running?.sequence === sequence) return running.mail
    const mail = readLatest()
    const mine = { sequence, mail }
    running = mine
    void mail.finally(() => { if (running === mine) running = null })
    return mail
  }
  return {
    mail: current,
    onMailChanged: (listener) => {
      // A listener of its own each time, so that the same function may listen twice.
      const entry = () => listener()
      listeners.add(entry)
      return () => { listeners.delete(entry) }
    },
    changed: () => {
      sequence += 1
      for (const listener of [...listeners]) listener()
    },
  }
}
