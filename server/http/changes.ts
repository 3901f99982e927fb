import type { Topic } from '../../shared/screens/vocabulary'
import type { NewEvent } from '../store/events.model'
import type { Store } from '../store/store'
import type { Streams } from './stream'

/** What a kind of event means for who watches: the nouns that changed, by the kind itself (`user.left`) or its first word. */
const TOPICS: Record<string, readonly Topic[]> = {
  user: ['users', 'licenses', 'mail'],
  'user.workspaces_changed': ['users', 'workspaces', 'contacts'],
  'user.removed': ['users', 'licenses', 'workspaces', 'contacts', 'mail'],
  'user.unremoved': ['users', 'licenses', 'workspaces', 'mail'],
  'user.left': ['users', 'licenses', 'workspaces', 'contacts', 'mail'],
  user_import: ['imports', 'users', 'licenses'],
  license: ['licenses', 'users', 'mail'],
  activation: ['activations', 'users'],
  domain: ['domains', 'mail'],
  workspace: ['workspaces', 'users', 'contacts'],
  contact: ['contacts', 'mail'],
  contacts: ['contacts'],
  role: ['roles', 'users', 'me'],
  // What is bought ends a warning, and what is given up may begin one.
  order: ['orders', 'licenses', 'me'],
  billing: ['orders'],
  organization: ['organization', 'me'],
  identity_link: ['identity_links'],
  message: ['messages', 'mail'],
}

/** The nouns that events are about; every event is news for the log. */
export function topicsOf(events: readonly Pick<NewEvent, 'kind' | 'category'>[]): Topic[] {
  const named = events.flatMap(({ kind, category }) => (category === 'activity' ? (['messages', 'mail'] as const) : (TOPICS[kind] ?? TOPICS[kind.split('.')[0] ?? ''] ?? [])))
  return [...new Set<Topic>(['events', ...named])]
}

/** A store whose changes are told to the open streams, once they are stored. */
export function publishChanges(store: Store, publish: Streams['publish']): Store {
  return {
    ...store,
    change: async (scope, work, ask) => {
      const recorded: NewEvent[] = []
      const outcome = await store.change(scope, (change, asked: Parameters<typeof work>[1]) => {
        // A transaction that is tried again begins with nothing.
        recorded.length = 0
        return work({ ...change, record: (event) => { recorded.push(event); change.record(event) } }, asked)
      }, ask)
      // An import tells of itself, at its own pace instead of with each of its hundred changes.
      const isNews = scope.client !== 'import' && recorded.length > 0
      if (outcome.ok && outcome.repeated !== true && isNews) publish({ organizationId: scope.organizationId, topics: topicsOf(recorded) })
      return outcome
    },
  }
}
