import type { Mail } from './mailbox'
import type { State } from './state'

/** What the frames of the add-ins read from the page around them: the mail client's side of the host. */
export type Surroundings = { state: State; mail: Mail | null }

/** Lives at `window.orgdeskPreview` of the page; frames are of the same origin. */
export type Bridge = {
  current(): Surroundings
  /** Called on every change of mail, person, theme or language; ends with the returned function. */
  subscribe(listener: (now: Surroundings) => void): () => void
}

declare global {
  interface Window { orgdeskPreview?: Bridge }
}

export type BridgeOwner = { bridge: Bridge; tell(now: Surroundings): void }

/** The page's own end of the bridge. */
export const createBridge = (first: Surroundings): BridgeOwner => {
  let current = first
  const listeners = new Set<(now: Surroundings) => void>()
  return {
    bridge: {
      current: () => current,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    tell: (now) => {
      current = now
      for (const listener of [...listeners]) listener(now)
    },
  }
}

/** The page around a frame; throws where the frame was opened by itself. */
export const surroundingBridge = (): Bridge => {
  const found = window.parent.orgdeskPreview
  if (!found) throw new Error('This page works inside the preview only: open / instead.')
  return found
}
