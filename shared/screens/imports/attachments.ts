import type { FileRef } from '../../kit/file'
import { tableAttachmentsOf } from '../../mail/people'
import type { Env, Params } from '../vocabulary'

/** The attachments of the open mail that could be an import. */
export const attachmentsOf = (env: Env): FileRef[] =>
  env.mail === null ? [] : tableAttachmentsOf(env.mail).map(({ id, name, bytes }) => ({ source: 'attachment', id, name, bytes }))

/** The file of an import as parameters: it travels in links, its bytes never do. */
export const fileParams = (file: FileRef): Params => ({ source: file.source, file: file.id, name: file.name, bytes: String(file.bytes) })
