/** What no first screen needs, as one chunk behind it: the other screens, the machine of actions, the watch over what changes, the whole contract. */
export { rowOf } from '../../shared/api/client'
export { SCREENS } from '../../shared/screens/registry'
export { createAttempts } from './attempts'
export { keepLive } from './live'
export { suggestionsOf } from './suggestions'
