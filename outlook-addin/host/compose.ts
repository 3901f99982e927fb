import { failure } from '../../shared/errors'
import type { Failure } from '../../shared/errors'
import { arrived, failed } from '../../shared/kit/result'
import type { Result } from '../../shared/kit/result'
import type { Ask } from './ask'
import type { Outgoing } from './host'
import { supports } from './office'
import type { OfficeSlice } from './office'

/** Begins a mail in the client's form; the older call tells no outcome, so it counts as begun. */
export const composeMail = async (office: OfficeSlice, ask: Ask, { to, subject, html }: Outgoing): Promise<Result<undefined, Failure>> => {
  const { mailbox } = office.context
  if (!mailbox || !supports(office, '1.6')) return failed(failure('host.refused'))
  const form = { toRecipients: to, subject, htmlBody: html }
  if (supports(office, '1.9')) {
    const begun = await ask<void>((answer) => mailbox.displayNewMessageFormAsync(form, answer))
    return begun.ok ? arrived(undefined) : begun
  }
  try {
    mailbox.displayNewMessageForm(form)
    return arrived(undefined)
  } catch {
    return failed(failure('host.refused'))
  }
}
