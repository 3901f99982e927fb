/** What drives the pane, as one chunk: the screens, the contract and the sending. */
export { createSend } from '../send'
export { createShell } from './shell'
