import type { Issue } from '../errors'
import type { UserEdit } from './users.model'

const MOBILE = /^\+?[0-9][0-9 ().-]{4,30}$/
const COUNTRY = /^[A-Z]{2}$/

/** Whether a text can be dialled: digits with the usual signs between them, perhaps after a `+`. */
export const isMobile = (text: string): boolean => MOBILE.test(text)

/** What is wrong with single fields of an edit beyond their shape; empty text clears a field. `isTimeZone` knows the zones by name. */
export const editIssues = (edit: UserEdit, isTimeZone: (zone: string) => boolean): Issue[] => {
  const { mobile = '', smsCountry = '', timeZone = '' } = edit
  return [
    ...(mobile !== '' && !isMobile(mobile) ? [{ code: 'mobile.malformed' as const, path: 'mobile' }] : []),
    ...(smsCountry !== '' && !COUNTRY.test(smsCountry) ? [{ code: 'field.not_an_option' as const, path: 'smsCountry' }] : []),
    ...(timeZone !== '' && !isTimeZone(timeZone) ? [{ code: 'time_zone.unknown' as const, path: 'timeZone' }] : []),
  ]
}
