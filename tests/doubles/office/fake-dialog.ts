import type { Strict } from './fake-item'

type DialogEvent = { message: string; origin?: string } | { error: number }
type Listener = (event: DialogEvent) => void

/** A window that was opened through office.js, as the test or the preview holds it. */
export type FakeDialog = {
  url: string
  isOpen(): boolean
  /** The page in the window speaks. */
  say(message: string, origin?: string): void
  /** The person closes the window, which office.js tells as 12006. */
  close(): void
  /** The window breaks with a code of office.js. */
  break(code: number): void
}

const CLOSED = 12006

/** Makes the two sides of one dialog: what the add-in gets, and what drives it. `events` are the values of `Office.EventType`. */
export const createDialog = (url: string, strict: Strict, events: { message: string; event: string }) => {
  const listeners: { type: unknown; listener: Listener }[] = []
  let open = true
  const tell = (type: string, event: DialogEvent) => {
    for (const entry of [...listeners]) if (open && entry.type === type) entry.listener(event)
  }
  const leave = (code: number) => {
    tell(events.event, { error: code })
    open = false
  }
  const driven: FakeDialog = {
    url,
    isOpen: () => open,
    say: (message, origin) => tell(events.message, origin === undefined ? { message } : { message, origin }),
    close: () => leave(CLOSED),
    break: leave,
  }
  const given = strict('dialog', {
    addEventHandler: (type: unknown, listener: Listener) => { listeners.push({ type, listener }) },
    close: () => { open = false },
  } satisfies Record<keyof Pick<Office.Dialog, 'addEventHandler' | 'close'>, unknown>)
  return { given, driven }
}
