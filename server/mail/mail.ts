/** A mail ready to be sent; one recipient, already validated. */
export type OutgoingMail = {
  /** The same for every attempt, so that a repeat is recognized by who receives it. */
  messageId: string
  to: { email: string; name: string }
  subject: string
  text: string
  html: string
  /** Where the reader can stop mails of this kind; null for those that their account needs. */
  unsubscribeUrl: string | null
}

/** Sends one mail: whether it was taken, and if not, whether trying again can help. */
export type SendMail = (mail: OutgoingMail) => Promise<{ ok: true } | { ok: false; isFinal: boolean; reason: string }>
