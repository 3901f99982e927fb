import * as v from 'valibot'
import type { MailWords } from '../words'
import type { QueuedMail } from '../../store/outbox'
import { layOut, type MailContent, type WrittenMail } from './layout'

/** What all mails know of the server. */
export type MailServer = { publicUrl: string; supportUrl: string | null }

type Params = v.GenericSchema<unknown, { organization: string }>

/** One kind of mail: what it is stored with, and what it says. `isNotice`: the reader's account works without it. */
type MailKind<P extends Params, S extends v.GenericSchema> = {
  params: P
  secrets: S
  isNotice?: true
  write: (t: MailWords, params: v.InferOutput<P>, secrets: v.InferOutput<S>, server: MailServer) => MailContent
}

/** Writes a stored mail out; null where what is stored is not what the kind takes. */
export type MailWriter = { isNotice: boolean; write: (t: MailWords, mail: QueuedMail, server: MailServer) => WrittenMail | null }

/** For mails without tokens and codes. */
export const noSecrets = v.nullable(v.object({}))

/** A kind of mail as something that writes stored ones. */
export const defineMail = <P extends Params, S extends v.GenericSchema>(kind: MailKind<P, S>): MailWriter => ({
  isNotice: kind.isNotice === true,
  write: (t, mail, server) => {
    const params = v.safeParse(kind.params, mail.params)
    const secrets = v.safeParse(kind.secrets, mail.secrets)
    if (!params.success || !secrets.success) return null
    const content = kind.write(t, params.output, secrets.output, server)
    return layOut(t, content, { organization: params.output.organization, to: { email: mail.to_email, name: mail.to_name }, supportUrl: server.supportUrl })
  },
})
