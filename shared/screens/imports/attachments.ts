import type { FileRef } from '../../kit/file'
import { tableAttachmentsOf } from '../../mail/people'
import type { Env } from '../vocabulary'

/** The attachments of the open mail that could be an import. */
export const attachmentsOf = (env: Env): FileRef[] =>
  env.mail === null ? [] : tableAttachmentsOf(env.mail).map(({ id, name, bytes }) => ({ source: 'attachment', id, name, bytes }))
