import * as v from 'valibot'
import type { QueuedMail } from '../store/outbox'
import type { RenderMail } from './outbox'
import { activationParams, activationSecrets, writeActivation } from './templates/activation'
import type { WrittenMail } from './templates/layout'
import { wordsOf } from './words'

/** What all mails say of the server. */
export type RenderOptions = { publicUrl: string; supportUrl: string | null }

type Writer = (mail: QueuedMail, options: RenderOptions) => WrittenMail | null

const WRITERS: Record<string, Writer> = {
  activation: (mail, options) => {
    const params = v.safeParse(activationParams, mail.params)
    const secrets = v.safeParse(activationSecrets, mail.secrets)
    if (!params.success || !secrets.success) return null
    return writeActivation(wordsOf(mail.language), { ...params.output, ...secrets.output, ...options, name: mail.to_name })
  },
}

/** Writes stored mails out, in the language of their reader. */
export const createRender = (options: RenderOptions): RenderMail => (mail) => {
  const written = WRITERS[mail.kind]?.(mail, options) ?? null
  return written === null ? null : { ...written, unsubscribeUrl: null }
}
