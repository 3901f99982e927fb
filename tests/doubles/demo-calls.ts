/** A mail as the demo's mailbox shows it. */
export type MailboxItem = { id: string; subject: string; from: string; to: string[]; text: string; html: string; attachments: { id: string; name: string }[] }

/** What tests ask a demo server for, over HTTP alone. */
export type DemoCalls = {
  /** Calls the API as the person of an address, or as nobody. */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options?: { as?: string; body?: unknown; headers?: Record<string, string> }): Promise<{ status: number; body: Record<string, unknown> & { code?: string } }>
  mails(email: string): Promise<MailboxItem[]>
  /** The newest mail to an address that `matches`; waits for it. */
  mailTo(email: string, matches?: (mail: MailboxItem) => boolean): Promise<MailboxItem>
}

const WAIT_MS = 60_000
const LOOK_EVERY_MS = 50

/** Calls to the demo server of this origin. */
export const demoCalls = (origin: string): DemoCalls => {
  const tokens = new Map<string, Promise<string>>()
  const tokenOf = (email: string): Promise<string> => {
    const known = tokens.get(email)
    if (known !== undefined) return known
    const asked = fetch(`${origin}/demo/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email }) }).then(async (reply) => String(((await reply.json()) as { token: string }).token))
    tokens.set(email, asked)
    return asked
  }
  const mails = async (email: string): Promise<MailboxItem[]> => ((await (await fetch(`${origin}/demo/mailbox/${encodeURIComponent(email)}`)).json()) as { items: MailboxItem[] }).items
  return {
    mails,
    call: async (method, path, { as, body, headers } = {}) => {
      const sent = new Headers(headers)
      if (as !== undefined) sent.set('authorization', `Bearer ${await tokenOf(as)}`)
      if (body !== undefined) sent.set('content-type', 'application/json')
      const reply = await fetch(`${origin}/v1${path}`, { method, headers: sent, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
      const text = await reply.text()
      return { status: reply.status, body: text === '' ? {} : JSON.parse(text) }
    },
    mailTo: async (email, matches = () => true) => {
      const until = Date.now() + WAIT_MS
      while (Date.now() < until) {
        const found = (await mails(email)).find(matches)
        if (found !== undefined) return found
        await new Promise((resolve) => { setTimeout(resolve, LOOK_EVERY_MS) })
      }
      throw new Error(`no such mail has come for ${email}`)
    },
  }
}

/** The address of the activation link in a mail; empty where there is none. */
export const activationUrlIn = (mail: MailboxItem): string => /https?:\/\/\S+\/activate#[A-Za-z0-9_-]+/.exec(mail.text)?.[0] ?? ''
/** The code in a mail; empty where there is none. */
export const codeIn = (mail: MailboxItem): string => /^ {4}(\d{6})$/m.exec(mail.text)?.[1] ?? ''
