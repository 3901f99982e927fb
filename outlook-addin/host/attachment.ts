import { failure } from '../../shared/errors'
import type { Failure } from '../../shared/errors'
import { arrived, failed } from '../../shared/kit/result'
import type { Result } from '../../shared/kit/result'
import type { Ask } from './ask'
import { openItem, supports } from './office'
import type { OfficeSlice } from './office'

/** How long the client may take to bring the largest file that the server accepts, in milliseconds. */
export const ATTACHMENT_TIMEOUT_MS = 60_000

const BASE64 = 'base64'

const bytesOf = (base64: string, decode: (base64: string) => string): Result<Uint8Array, Failure> => {
  try {
    return arrived(Uint8Array.from(decode(base64), (unit) => unit.charCodeAt(0)))
  } catch {
    return failed(failure('file.unreadable'))
  }
}

/**
 * The bytes of an attachment of the open mail. Contents that come as an address (files in a cloud)
 * are refused: whoever sent the mail chose that address, and the pane's policy lets no request out
 * to it. So are mails and calendar entries, which hold no rows.
 */
export const readAttachment = async (office: OfficeSlice, ask: Ask, id: string, decode: (base64: string) => string): Promise<Result<Uint8Array, Failure>> => {
  const item = openItem(office)
  if (!item || !supports(office, '1.8')) return failed(failure('host.refused'))
  const content = await ask<Office.AttachmentContent>((answer) => item.getAttachmentContentAsync(id, answer), ATTACHMENT_TIMEOUT_MS)
  if (!content.ok) return content
  if (String(content.value.format) !== BASE64) return failed(failure('host.refused'))
  return bytesOf(content.value.content, decode)
}
