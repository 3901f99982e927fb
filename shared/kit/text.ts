/** Words about text, without `Intl`: the same in every host. */

/** Letters that no decomposition takes apart, as a search for the plain letter should find them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't',
}
const MARKS = /[\u0300-\u036F]/g
const UNTAKEN = /[ßæœøđðłþħıŋŧ]/g

/**
 * Text as search compares it: compatibility forms unified (K, ﬁ, ｇ, ſ), lower case, accents removed,
 * ß as ss. Not for addresses: those have `emailKey`.
 */
export const fold = (text: string): string =>
  text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(MARKS, '').replace(UNTAKEN, (letter) => PLAIN[letter] ?? letter).normalize('NFC')

const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/
/** Whether text holds characters that steer instead of showing: line breaks and tabs are among them. */
export const hasControlCharacters = (text: string): boolean => CONTROL.test(text)

/** What a person is called. */
export type Named = { firstName: string; lastName: string; email: string }

/** First and last name, or the address of somebody without a name. */
export const fullName = ({ firstName, lastName, email }: Named): string => `${firstName.trim()} ${lastName.trim()}`.trim() || email

/** One or two letters for an avatar, never half of a surrogate pair. */
export const initials = (person: Named): string => {
  const words = fullName(person).split(/[\s@.\-_'’]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined].flatMap((word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? [])
  return letters.join('').toUpperCase().slice(0, 4) || '?'
}
