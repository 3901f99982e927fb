import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { done, refused } from '../../http/handler'
import { MEDIA_TYPES } from '../../exports/table'
import { isUuid } from '../../store/ids'
import { findExport, readExportPart } from '../../store/exports'
import type { Store } from '../../store/store'
import { recordReceived } from '../events/export'
import type { DownloadDeps, DownloadFormat, DownloadRequest, DownloadSource } from './model'

/** A file that was made beforehand, for whom it was made, until its time is over. */
export const preparedSource: DownloadSource = {
  formats: ['csv', 'xlsx', 'pdf'],
  event: 'file.downloaded',
  check: async (deps, request) => {
    const found = await findMine(deps, request)
    if (found === undefined) return refused('not_found')
    return found.status === 'done' && found.expires_at !== null && found.expires_at > request.now ? { ok: true, name: found.name } : refused('download.expired')
  },
  open: async (deps, request) => {
    const found = await findMine(deps, request)
    if (found === undefined) return refused('not_found')
    const { after_sequence: after, head_sequence: head } = found
    const packed = Readable.from(partsOf(deps.store, found.organization_id, found.id))
    return done({
      mediaType: MEDIA_TYPES[found.format as DownloadFormat], name: found.name,
      content: found.format === 'csv' ? pipeline(packed, createGunzip(), () => undefined) : packed,
      ...(after === null || head === null ? {} : { onSent: () => recordReceived(deps.store, request.viewer, found.format, { after, head }, request.now) }),
    })
  },
}

async function findMine({ store }: DownloadDeps, { viewer, filter }: DownloadRequest) {
  const { exportId = '' } = filter
  const found = isUuid(exportId) ? await store.read(viewer.organizationId, (db) => findExport(db, viewer.organizationId, exportId)) : undefined
  return found?.user_id === viewer.userId ? found : undefined
}

async function* partsOf(store: Store, organizationId: string, exportId: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part += 1) {
    const bytes = await store.read(organizationId, (db) => readExportPart(db, organizationId, exportId, part))
    if (bytes === undefined) return
    yield bytes
  }
}
