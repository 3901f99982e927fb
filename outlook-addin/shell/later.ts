/** What no first screen needs, as one chunk behind it: the other screens, the machine of actions, the stream, the whole contract. */
export { rowOf } from '../../shared/api/client'
export { SCREENS } from '../../shared/screens/registry'
export { createAttempts } from './attempts'
export { listen } from './stream'
export { suggestionsOf } from './suggestions'
