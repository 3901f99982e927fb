/**
 * One phrase of a catalog. `{name}` stands for a parameter; a phrase with plural forms chooses by the
 * parameter `count` (`many` is the form of millions in French and Spanish: "1 000 000 d’utilisateurs").
 */
export type Phrase = string | { one: string; other: string; many?: string }

/** What fills a phrase: numbers are written as the language writes them, text as it is. */
export type PhraseParams = Readonly<Record<string, string | number>>
