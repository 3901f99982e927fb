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

/** Letters of other scripts that look like Latin ones in most typefaces (UTS-39 confusables, lower case). */
const LATIN_LOOKING = /^[авеѕіјкмнорстухһԁԛԝӏьғвгԍѵαεικνορτυχγωѡасе\d-]+$/u

const scriptsOf = (label: string): Set<string> => {
  const found = new Set<string>()
  for (const letter of label) if (!NEUTRAL.test(letter)) found.add(SCRIPTS.find(([, is]) => is.test(letter))?.[0] ?? 'other')
  return found
}

const isMixed = (scripts: ReadonlySet<string>): boolean => scripts.size > 1 && !TOGETHER.some((family) => [...scripts].every((script) => family.includes(script)))

/** A label in one foreign script that reads like a Latin word, below a Latin ending: аррӏе.com. */
const imitatesLatin = (label: string, scripts: ReadonlySet<string>, isBelowLatin: boolean): boolean =>
  isBelowLatin && (scripts.has('cyrillic') || scripts.has('greek')) && LATIN_LOOKING.test(label)

/** Whether a domain in its reading form may pass for another one: scripts mixed within a label, or a whole label of look-alikes. */
export const mixesScripts = (unicodeName: string): boolean => {
  const labels = unicodeName.toLowerCase().split('.')
  const isBelowLatin = scriptsOf(labels[labels.length - 1] ?? '').has('latin')
  return labels.some((label) => {
    const scripts = scriptsOf(label)
    return isMixed(scripts) || imitatesLatin(label, scripts, isBelowLatin)
  })
}
