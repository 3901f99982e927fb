import { NOUNS_SQL } from './001-nouns'
import { LOG_SQL } from './002-log'
import { WORK_SQL } from './003-work'
import { ACCESS_SQL } from './004-access'
import { EVENT_SEARCH_SQL } from './005-event-search'
import { DOMAINS_SQL } from './006-domains'
import { LANGUAGE_SQL } from './007-language'
import { ERASING_SQL } from './008-erasing'
import { STATISTICS_SQL } from './009-statistics'
import { WORDS_SQL } from './010-words'
import { MONTHS_SQL } from './011-months'
import { SEALED_MONTHS_SQL } from './012-sealed-months'
import { IMPORTS_SQL } from './013-imports'
import { ORDERS_SQL } from './014-orders'
import { TIME_ZONE_SQL } from './015-time-zone'
import { RENEWALS_SQL } from './016-renewals'
import { USER_COUNTS_SQL } from './017-user-counts'
import { LINK_PLAN_SQL } from './018-link-plan'
import { EVENT_SPANS_SQL } from './019-event-spans'
import { BULK_WORK_SQL } from './020-bulk-work'
import { EVENT_COUNTS_SQL } from './021-event-counts'
import { LINE_WORDS_SQL } from './022-line-words'
import { BULK_MAILS_SQL } from './023-bulk-mails'
import { IMPORT_TEXT_SQL } from './024-import-text'
import { BELONGING_SQL } from './025-belonging'
import { SEARCH_UPKEEP_SQL } from './026-search-upkeep'

/** One step of the schema; once released, its text never changes: what comes later is a new step. */
export type Migration = { id: number; name: string; sql: string }

/** Every step of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [
  { id: 1, name: 'nouns', sql: NOUNS_SQL },
  { id: 2, name: 'log', sql: LOG_SQL },
  { id: 3, name: 'work', sql: WORK_SQL },
  { id: 4, name: 'access', sql: ACCESS_SQL },
  { id: 5, name: 'event-search', sql: EVENT_SEARCH_SQL },
  { id: 6, name: 'domains', sql: DOMAINS_SQL },
  { id: 7, name: 'language', sql: LANGUAGE_SQL },
  { id: 8, name: 'erasing', sql: ERASING_SQL },
  { id: 9, name: 'statistics', sql: STATISTICS_SQL },
  { id: 10, name: 'words', sql: WORDS_SQL },
  { id: 11, name: 'months', sql: MONTHS_SQL },
  { id: 12, name: 'sealed-months', sql: SEALED_MONTHS_SQL },
  { id: 13, name: 'imports', sql: IMPORTS_SQL },
  { id: 14, name: 'orders', sql: ORDERS_SQL },
  { id: 15, name: 'time-zone', sql: TIME_ZONE_SQL },
  { id: 16, name: 'renewals', sql: RENEWALS_SQL },
  { id: 17, name: 'user-counts', sql: USER_COUNTS_SQL },
  { id: 18, name: 'link-plan', sql: LINK_PLAN_SQL },
  { id: 19, name: 'event-spans', sql: EVENT_SPANS_SQL },
  { id: 20, name: 'bulk-work', sql: BULK_WORK_SQL },
  { id: 21, name: 'event-counts', sql: EVENT_COUNTS_SQL },
  { id: 22, name: 'line-words', sql: LINE_WORDS_SQL },
  { id: 23, name: 'bulk-mails', sql: BULK_MAILS_SQL },
  { id: 24, name: 'import-text', sql: IMPORT_TEXT_SQL },
  { id: 25, name: 'belonging', sql: BELONGING_SQL },
  { id: 26, name: 'search-upkeep', sql: SEARCH_UPKEEP_SQL },
]
