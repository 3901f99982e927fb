/** Every call of office.js that answers later, by the name under which its behaviour is set. */
export const FAKE_CALLS = [
  'body.getAsync', 'subject.getAsync', 'to.getAsync', 'cc.getAsync', 'item.getAllInternetHeadersAsync', 'item.getAttachmentsAsync',
  'item.getAttachmentContentAsync', 'mailbox.addHandlerAsync', 'mailbox.displayNewMessageFormAsync', 'ui.displayDialogAsync', 'roamingSettings.saveAsync',
] as const
export type FakeCall = (typeof FAKE_CALLS)[number]

/**
 * `answers` as it should; `fails` with a failed status; `silent` never answers; `throws` at once;
 * `waits` until `release()` lets it answer with what it had when it was asked.
 */
export type Behaviour = 'answers' | 'fails' | 'silent' | 'throws' | 'waits'
export type Behaviours = Partial<Record<FakeCall, Behaviour>>

/** What was called, in order; the callback is left out. */
export type Recorded = { call: string; args: unknown[] }

type Answer = (result: { status: 'succeeded' | 'failed'; value?: unknown; error?: { code: number; name: string; message: string } }) => void

/** What a call produces when it is asked for something that isn't there. */
export const NOTHING = Symbol('nothing')

const FAILED = { status: 'failed', error: { code: 5001, name: 'InternalError', message: 'the call failed' } } as const

const isAnswer = (value: unknown): value is Answer => typeof value === 'function'

/** The calls of one fake: how each behaves, what was asked, and what still waits. */
export const createCalls = () => {
  const behaviours: Behaviours = {}
  const recorded: Recorded[] = []
  let waiting: (() => void)[] = []

  const settle = (name: FakeCall, answer: Answer, produce: () => unknown) => {
    const behaviour = behaviours[name] ?? 'answers'
    if (behaviour === 'silent') return
    if (behaviour === 'throws') throw new Error(`${name} broke`)
    const value = () => {
      const found = produce()
      return found === NOTHING ? FAILED : { status: 'succeeded' as const, value: found }
    }
    const reply = () => answer(behaviour === 'fails' ? FAILED : value())
    if (behaviour === 'waits') waiting.push(reply)
    else void Promise.resolve().then(reply)
  }
  return {
    recorded,
    record: (call: string, args: unknown[]) => { recorded.push({ call, args }) },
    behave: (changes: Behaviours) => { Object.assign(behaviours, changes) },
    release: () => {
      const replies = waiting
      waiting = []
      for (const reply of replies) reply()
    },
    /** A call whose last argument is the callback, as all of office.js has it; `produce` gets the others. */
    later: (name: FakeCall, produce: (args: unknown[]) => unknown) => (...args: unknown[]): void => {
      const last = args.at(-1)
      const inputs = isAnswer(last) ? args.slice(0, -1) : args
      recorded.push({ call: name, args: inputs })
      settle(name, isAnswer(last) ? last : () => undefined, () => produce(inputs))
    },
  }
}
export type Calls = ReturnType<typeof createCalls>
