import type { Store } from '../store/store'

/** What of the background may have something to do. */
export type Waking = 'jobs' | 'outbox'

/**
 * A store whose changes tell the background at once what they leave it to do, once they are stored. It would find that by
 * itself half a second later, and what another server leaves it finds so.
 */
export function wakeAfterChanges(store: Store, wake: (waking: Waking) => void): Store {
  return {
    ...store,
    change: async (scope, work, ask) => {
      const left = new Set<Waking>()
      const outcome = await store.change(scope, (change, asked: Parameters<typeof work>[1]) => {
        // A transaction that is tried again begins with nothing.
        left.clear()
        return work({
          ...change,
          job: (job) => { left.add('jobs'); change.job(job) },
          mail: (mail) => { left.add('outbox'); change.mail(mail) },
        }, asked)
      }, ask)
      if (outcome.ok) for (const waking of left) wake(waking)
      return outcome
    },
  }
}
