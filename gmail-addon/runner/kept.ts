import * as v from 'valibot'
import { planReplySchema } from '../../shared/api/wire'
import { ALL_ISSUE_CODES } from '../../shared/errors'
import { ACTION_IDS, SCREEN_IDS } from '../../shared/screens/ids'
import type { Progress } from '../../shared/screens/action-step'
import type { ActionRef, Draft, Link, Params } from '../../shared/screens/vocabulary'
import type { ReadClick } from '../cards/click'

/** What outlives a click is read again with a parser: the cache may hold what an older version wrote. */

export const paramsSchema = v.record(v.string(), v.string())
export const linkSchema = v.object({ screen: v.picklist(SCREEN_IDS), params: paramsSchema })

const fileSchema = v.object({ source: v.picklist(['attachment', 'picked', 'pasted']), id: v.string(), name: v.string(), bytes: v.number() })
const issueSchema = v.object({ code: v.picklist(ALL_ISSUE_CODES), path: v.string(), params: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))) })

export const draftSchema = v.object({
  values: v.record(v.string(), v.union([v.string(), v.array(v.string())])),
  selected: v.union([v.array(v.string()), v.object({ allMatching: paramsSchema })]),
  files: v.record(v.string(), fileSchema),
  issues: v.optional(v.array(issueSchema)),
  plan: v.optional(planReplySchema),
  theirs: v.optional(v.unknown()),
})

/**
 * An action that is under way: `id` is the idempotency key of its request, minted on the first click
 * and kept until the request is known to have worked.
 */
export type Attempt = { id: string; ref: ActionRef; here: Link; draft: Draft; progress: Progress }

const refSchema = v.object({ action: v.picklist(ACTION_IDS), args: paramsSchema, label: v.string(), tone: v.optional(v.picklist(['primary', 'danger'])), enabled: v.literal(true) })
export const attemptSchema = v.object({
  id: v.string(), ref: refSchema, here: linkSchema, draft: draftSchema,
  progress: v.object({ plan: v.optional(planReplySchema), confirmed: v.optional(v.boolean()), changed: v.optional(v.boolean()) }),
})

/** A file that was chosen on a card; null when the text is none. */
export const readFile = (json: string): Draft['files'][string] | null => {
  const file = readJson(fileSchema, json)
  return file ?? null
}

/** The value of a text in JSON, by its parser; null for anything else. */
export const readJson = <S extends v.GenericSchema>(schema: S, json: string): v.InferOutput<S> | null => {
  try {
    const result = v.safeParse(schema, JSON.parse(json))
    return result.success ? result.output : null
  } catch {
    return null
  }
}

/** A link that came with a click; null when there is no such screen. */
export const readLink = (link: { screen: string; params: Params }): Link | null => {
  const result = v.safeParse(linkSchema, link)
  return result.success ? result.output : null
}

/** An action that came with a click; null when there is no such action. */
export const readRef = (ref: ReadClick['ref']): ActionRef | null => {
  const result = v.safeParse(refSchema, { ...ref, enabled: true })
  return result.success ? result.output : null
}
