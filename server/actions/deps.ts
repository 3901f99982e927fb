import type { Directory } from '../identity/directory'
import type { Store } from '../store/store'

/** What every action may use; built once, at the start. */
export type ActionDeps = {
  store: Store
  directory: Directory
  /** Multiplies the limits on what people may do in a time; the demo is for trying out. */
  limitFactor: number
}
