import type { DomainServices } from '../domains/services'
import type { Directory } from '../identity/directory'
import type { ImportReader } from '../imports/reader'
import type { Payment } from '../payment/payment'
import type { Store } from '../store/store'

/** What every action may use; built once, at the start. */
export type ActionDeps = {
  store: Store
  directory: Directory
  domains: DomainServices
  /** Reads and plans lists of people beside the requests. */
  imports: ImportReader
  payment: Payment
  /** The address that our own mails come from, folded: nobody to be added. Null where it is none. */
  ownSender: string | null
  /** Multiplies the limits on what people may do in a time; the demo is for trying out. */
  limitFactor: number
  /** Between the portions of long work: whoever waits for an answer goes first. */
  breathe: () => Promise<void>
}
