import { createTransport } from 'nodemailer'
import { readAddress } from '../identity/address'
import type { SendMail } from './mail'

const TIMEOUT_MS = 20_000
const MAX_CONNECTIONS = 4

/** A transport over SMTP and the way to end it. `from` is a header value of ours (`Name <address>`). */
export function createSmtp(options: { url: string; from: string }): { send: SendMail; close: () => void } {
  const transport = createTransport({
    url: options.url, pool: true, maxConnections: MAX_CONNECTIONS, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS,
    disableFileAccess: true, disableUrlAccess: true,
  })
  const send: SendMail = async (mail) => {
    const address = readAddress(mail.to.email)
    // The library delivers to every address in a text: it gets one address, as an object.
    if (address === null) return { ok: false, isFinal: true, reason: 'email.malformed' }
    try {
      await transport.sendMail({
        from: options.from,
        to: { name: oneLine(mail.to.name), address: address.address },
        envelope: { from: addressIn(options.from), to: address.address },
        subject: oneLine(mail.subject),
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        headers: { 'Auto-Submitted': 'auto-generated', ...(mail.unsubscribeUrl === null ? {} : { 'List-Unsubscribe': `<${mail.unsubscribeUrl}>` }) },
      })
      return { ok: true }
    } catch (error) {
      return { ok: false, isFinal: isFinal(error), reason: reasonOf(error) }
    }
  }
  return { send, close: () => transport.close() }
}

const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()

/** The address in `Name <address>`. */
export const addressIn = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim()

/** A mailbox that does not exist stays absent; everything else may pass. */
function isFinal(error: unknown): boolean {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
  return [550, 551, 553].includes(code)
}

/** What is kept of a failure: its kind, never the server's sentence, which quotes addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code = 'code' in error ? String(error.code) : error.name
  return 'responseCode' in error ? `${code} ${String(error.responseCode)}` : code
}
