import type { EndpointKey } from '../../shared/api/contract'
import type { Endpoint } from '../../shared/api/endpoint'
import { viewerContract } from '../../shared/api/viewer.contract'

/** What drives the pane, as one chunk: the first screens, what they ask for, and the sending. */
export { createSend } from '../send'
export { createShell } from './shell'

/** Asked for from here, so that it brings nothing a second time. */
export const loadLater = () => import(/* webpackChunkName: "lazy-later" */ './later')

const FIRST_ROWS: Partial<Record<EndpointKey, Endpoint>> = viewerContract

/** The row of the contract for a call of the first screens; null for all others. */
export const firstRow = (key: EndpointKey): Endpoint | null => FIRST_ROWS[key] ?? null
