import type { Ask, Timer } from './ask'
import type { DialogOutcome } from './host'
import { supports } from './office'
import type { OfficeSlice } from './office'

/** How long a person may take to answer the client's "allow this window" and then to sign in, in milliseconds. */
export const DIALOG_OPEN_TIMEOUT_MS = 60_000
export const DIALOG_TIMEOUT_MS = 300_000

/** Share of the screen, in percent. */
const SIZE = { height: 60, width: 30 }
const CLOSED_BY_PERSON = 12006

type DialogEvent = { message: string; origin?: string | undefined } | { error: number }

const outcomeOf = (event: DialogEvent, origin: string): DialogOutcome | null => {
  if ('error' in event) return { ended: event.error === CLOSED_BY_PERSON ? 'closed' : 'failed' }
  // Older clients name no origin; they only pass on messages of the page's own domain.
  return event.origin === undefined || event.origin === origin ? { ended: 'message', text: event.message } : null
}

const waitFor = (office: OfficeSlice, timer: Timer, dialog: Office.Dialog, origin: string): Promise<DialogOutcome> =>
  new Promise((settle) => {
    // Some clients forget to tell that the window was closed.
    const silence = timer.set(() => end({ ended: 'closed' }), DIALOG_TIMEOUT_MS)
    const end = (outcome: DialogOutcome) => {
      timer.clear(silence)
      settle(outcome)
      try {
        dialog.close()
      } catch {
        // It closed itself, which is what was wanted.
      }
    }
    const hear = (event: DialogEvent) => {
      const outcome = outcomeOf(event, origin)
      if (outcome) end(outcome)
    }
    dialog.addEventHandler(office.EventType.DialogMessageReceived, hear)
    dialog.addEventHandler(office.EventType.DialogEventReceived, hear)
  })

/** Opens a page of our own in the client's window and waits for its one message. */
export const openDialog = async (office: OfficeSlice, ask: Ask, timer: Timer, url: string, origin: string): Promise<DialogOutcome> => {
  const { ui } = office.context
  if (!ui || !supports(office, '1.1', 'DialogApi')) return { ended: 'unavailable' }
  const opened = await ask<Office.Dialog>((answer) => ui.displayDialogAsync(url, SIZE, answer), DIALOG_OPEN_TIMEOUT_MS)
  return opened.ok ? waitFor(office, timer, opened.value, origin) : { ended: 'blocked' }
}
