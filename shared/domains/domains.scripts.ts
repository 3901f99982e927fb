/** Scripts that are told apart; letters of others count as one more. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u], ['cyrillic', /\p{Script=Cyrillic}/u], ['greek', /\p{Script=Greek}/u], ['han', /\p{Script=Han}/u],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u], ['hangul', /\p{Script=Hangul}/u], ['bopomofo', /\p{Script=Bopomofo}/u],
  ['arabic', /\p{Script=Arabic}/u], ['hebrew', /\p{Script=Hebrew}/u], ['armenian', /\p{Script=Armenian}/u], ['georgian', /\p{Script=Georgian}/u],
  ['cherokee', /\p{Script=Cherokee}/u], ['thai', /\p{Script=Thai}/u], ['devanagari', /\p{Script=Devanagari}/u],
]
const NEUTRAL = /[\p{Script=Common}\p{Script=Inherited}]/u

/** Scripts that are written together: Japanese, Chinese with its phonetic letters, Korean; each with Latin (UTS-39, highly restrictive). */
const TOGETHER: readonly (readonly string[])[] = [['latin', 'han', 'kana'], ['latin', 'han', 'bopomofo'], ['latin', 'han', 'hangul']]

/** Letters of other scripts that look like Latin ones in most typefaces, with those (UTS-39 confusables, lower case). */
const LOOKS_LATIN = new Map<string, string>(Object.entries({
  а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', ё: 'e', ғ: 'f', ԍ: 'g', һ: 'h', н: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm', о: 'o', р: 'p', ԛ: 'q', г: 'r', ѕ: 's', т: 't', ѵ: 'v', ѡ: 'w', ԝ: 'w', х: 'x', у: 'y', ь: 'b',
  α: 'a', ε: 'e', γ: 'y', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ω: 'w',
}))
const NEUTRAL_SIGN = /^[\d-]$/

const scriptsOf = (label: string): Set<string> => {
  const found = new Set<string>()
  for (const letter of label) if (!NEUTRAL.test(letter)) found.add(SCRIPTS.find(([, is]) => is.test(letter))?.[0] ?? 'other')
  return found
}

const isMixed = (scripts: ReadonlySet<string>): boolean => scripts.size > 1 && !TOGETHER.some((family) => [...scripts].every((script) => family.includes(script)))

/** A label in one foreign script that reads like a Latin word, below a Latin ending: аррӏе.com. */
const imitatesLatin = (label: string, scripts: ReadonlySet<string>, isBelowLatin: boolean): boolean =>
  isBelowLatin && (scripts.has('cyrillic') || scripts.has('greek')) && [...label].every((letter) => LOOKS_LATIN.has(letter) || NEUTRAL_SIGN.test(letter))

/** Whether a domain in its reading form may pass for another one: scripts mixed within a label, or a whole label of look-alikes. */
export const mixesScripts = (unicodeName: string): boolean => {
  const labels = unicodeName.toLowerCase().split('.')
  const isBelowLatin = scriptsOf(labels[labels.length - 1] ?? '').has('latin')
  return labels.some((label) => {
    const scripts = scriptsOf(label)
    return isMixed(scripts) || imitatesLatin(label, scripts, isBelowLatin)
  })
}

/** Pairs of letters that run together into one. */
const RUN_TOGETHER: readonly (readonly [RegExp, string])[] = [[/rn/g, 'm'], [/vv/g, 'w'], [/cl/g, 'd']]

/** A label as a hasty reader sees it: foreign letters as the Latin ones that they imitate, accents dropped, letters run together. */
export const seenAs = (label: string): string => {
  const latin = [...label.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')].map((letter) => LOOKS_LATIN.get(letter) ?? letter).join('')
  return RUN_TOGETHER.reduce((seen, [pair, letter]) => seen.replace(pair, letter), latin)
}

/** Whether two labels could be taken for each other: seen as the same, or one letter away where there are at least four. */
export const looksAlike = (label: string, own: string): boolean => {
  const [a, b] = [[...seenAs(label)], [...seenAs(own)]]
  if (b.length < 4) return a.join('') === b.join('')
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return Math.max(a.length, b.length) - start - end <= 1
}
