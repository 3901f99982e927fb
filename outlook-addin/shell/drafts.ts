import * as v from 'valibot'
import { emptyDraft } from '../../shared/screens/lifecycle'
import type { Draft } from '../../shared/screens/vocabulary'
import type { HostStorage } from '../host/host'

const fileSchema = v.object({ source: v.picklist(['attachment', 'picked', 'pasted']), id: v.string(), name: v.string(), bytes: v.number() })
const draftSchema = v.object({
  values: v.record(v.string(), v.union([v.string(), v.array(v.string())])),
  selected: v.union([v.array(v.string()), v.object({ allMatching: v.record(v.string(), v.string()) })]),
  files: v.record(v.string(), fileSchema),
})

/** Drafts by screen, parameters and mail; they outlive a reload where the browser keeps anything. */
export type Drafts = { load(key: string): Draft; save(key: string, draft: Draft): void; drop(key: string): void; clear(): void }

const parseDraft = (text: string | null): Draft | null => {
  if (text === null) return null
  try {
    const parsed = v.safeParse(draftSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

const isEmpty = (draft: Draft): boolean =>
  Object.keys(draft.values).length === 0 && Object.keys(draft.files).length === 0 && Array.isArray(draft.selected) && draft.selected.length === 0

/** `hasFile` says whether the bytes of a picked or pasted file are still there: a reload loses them. */
export const createDrafts = (storage: HostStorage, hasFile: (id: string) => boolean): Drafts => {
  // Answers (issues, plans, conflicts) belong to this life of the pane and are not stored.
  const alive = new Map<string, Draft>()
  const nameOf = (key: string) => `draft:${key}`
  const restored = (key: string): Draft => {
    const draft = parseDraft(storage.get(nameOf(key))) ?? emptyDraft()
    return { ...draft, files: Object.fromEntries(Object.entries(draft.files).filter(([, file]) => file.source === 'attachment' || hasFile(file.id))) }
  }
  return {
    load: (key) => alive.get(key) ?? restored(key),
    save: (key, draft) => {
      alive.set(key, draft)
      const { values, selected, files } = draft
      if (isEmpty(draft)) storage.remove(nameOf(key))
      else storage.set(nameOf(key), JSON.stringify({ values, selected, files }))
    },
    drop: (key) => {
      alive.delete(key)
      storage.remove(nameOf(key))
    },
    clear: () => {
      alive.clear()
      storage.clear()
    },
  }
}
