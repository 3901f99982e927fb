import { settingsSchema, type Settings } from '../../shared/access/organization.model'
import type { Json } from '../../shared/kit/result'
import * as v from 'valibot'

/** What an organization starts with. */
export const DEFAULT_SETTINGS: Settings = {
  allowPublicDomains: false,
  sendActivationOnAssign: true,
  defaultLanguage: 'en',
  requireSecondFactor: false,
  protectedReplies: false,
  retentionMonths: null,
}

/** The settings of an organization's row: what it chose, over the defaults. */
export const settingsOf = (stored: Record<string, Json>): Settings => v.parse(settingsSchema, { ...DEFAULT_SETTINGS, ...stored })
