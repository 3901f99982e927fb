import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import PostalMime, { type Address, type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import * as v from 'valibot'
import { readAddress } from '../identity/address'

/** A mail as `GET /demo/mailbox/{email}` shows it; `at` is when it arrived. */
export type MailboxItem = {
  id: string
  at: string
  from: string
  to: string[]
  cc: string[]
  subject: string
  text: string
  html: string
  people: { email: string; name: string; part: 'from' | 'to' | 'cc' }[]
  messageId: string | null
  trackingHeader: string | null
  headers: { name: string; value: string }[]
  attachments: { id: string; name: string; mediaType: string; bytes: number; content: string }[]
}

/** The built-in mailbox of everybody: what a real SMTP server took, kept in memory and in the data folder. */
export type Mailbox = {
  /** Where mails are sent to: an ephemeral port on loopback. */
  smtpUrl: string
  /** Takes a mail past SMTP: for those that the demo starts with. */
  deliver(raw: Buffer, recipients: readonly string[], at: Date): Promise<void>
  /** The mails of an address, newest first. */
  list(email: string): MailboxItem[]
  /** How many mails there are in all. */
  count(): number
  close(): Promise<void>
}

const MAX_MAIL_BYTES = 25 * 1024 * 1024
const lineSchema = v.object({ at: v.string(), recipients: v.array(v.string()), raw: v.string() })

/** Opens the mailbox of this data folder and starts its SMTP server. */
export async function openMailbox(dataDir: string, clock: () => Date): Promise<Mailbox> {
  const folder = join(dataDir, 'demo')
  const file = join(folder, 'mailbox.jsonl')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const itemsByKey = new Map<string, MailboxItem[]>()
  for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n')) {
    const stored = readLine(line)
    if (stored !== null) await keep(itemsByKey, Buffer.from(stored.raw, 'base64'), stored.recipients, stored.at)
  }
  const deliver = async (raw: Buffer, recipients: readonly string[], at: Date): Promise<void> => {
    // On disk first: a mail that was accepted outlives a crash.
    await appendFile(file, `${JSON.stringify({ at: at.toISOString(), recipients, raw: raw.toString('base64') })}\n`, { flush: true })
    await keep(itemsByKey, raw, recipients, at.toISOString())
  }
  const take = async (stream: Readable, recipients: readonly string[], done: (error?: Error) => void): Promise<void> => {
    try {
      await deliver(await readAll(stream), recipients, clock())
      done()
    } catch {
      done(new Error('not stored'))
    }
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: MAX_MAIL_BYTES,
    logger: false,
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      void take(stream, recipients, done)
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    deliver,
    list: (email) => itemsByKey.get(keyOf(email)) ?? [],
    count: () => [...itemsByKey.values()].reduce((sum, items) => sum + items.length, 0),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const keyOf = (email: string): string => readAddress(email)?.key ?? email.toLowerCase()

function readLine(line: string): v.InferOutput<typeof lineSchema> | null {
  try {
    const parsed = v.safeParse(lineSchema, JSON.parse(line))
    return parsed.success ? parsed.output : null
  } catch {
    // The last line of a demo that was killed while writing.
    return null
  }
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

async function keep(itemsByKey: Map<string, MailboxItem[]>, raw: Buffer, recipients: readonly string[], at: string): Promise<void> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'base64' })
  for (const key of new Set(recipients.map(keyOf))) {
    const items = [...(itemsByKey.get(key) ?? []), toItem(mail, key, at)]
    itemsByKey.set(key, items.sort((a, b) => (a.at < b.at ? 1 : -1)))
  }
}

/** Addresses of a header; groups are read as their members. */
const flat = (addresses: readonly Address[] | undefined): { email: string; name: string }[] =>
  (addresses ?? []).flatMap((one) => (one.address === undefined ? (one.group ?? []) : [one])).map(({ address, name }) => ({ email: address ?? '', name: name ?? '' }))

function toItem(mail: Email, key: string, at: string): MailboxItem {
  const [from = { email: '', name: '' }] = flat(mail.from === undefined ? [] : [mail.from])
  const to = flat(mail.to)
  const cc = flat(mail.cc)
  const tracking = mail.headers.find(({ key: name }) => name === 'x-orgdesk-message')
  return {
    id: createHash('sha256').update(`${mail.messageId} ${key} ${at}`).digest('hex').slice(0, 24),
    at,
    from: from.email,
    to: to.map(({ email }) => email),
    cc: cc.map(({ email }) => email),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    people: [{ ...from, part: 'from' as const }, ...to.map((one) => ({ ...one, part: 'to' as const })), ...cc.map((one) => ({ ...one, part: 'cc' as const }))],
    messageId: mail.messageId ?? null,
    trackingHeader: tracking?.value ?? null,
    headers: mail.headers.map(({ key: name, value }) => ({ name, value })),
    attachments: mail.attachments.map((file, index) => {
      const content = typeof file.content === 'string' ? file.content : ''
      return { id: String(index), name: file.filename ?? '', mediaType: file.mimeType, bytes: Buffer.from(content, 'base64').length, content }
    }),
  }
}
