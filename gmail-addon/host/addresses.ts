/** One entry of an address header; `name` is empty where there is none. */
export type Address = { email: string; name: string }

const QUOTED_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^>]*>|[^,;]/g

/** The header cut at its commas and at the semicolon of a group, quoted names left whole. */
const entriesOf = (header: string): string[] => {
  const entries = ['']
  let end = 0
  for (const token of header.matchAll(QUOTED_OR_COMMENT)) {
    if (token.index > end) entries.push('')
    entries.push((entries.pop() ?? '') + token[0])
    end = token.index + token[0].length
  }
  return entries
}

const unquoted = (name: string): string => {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(name.trim())
  return (quoted?.[1] ?? name).replace(/\\(.)/g, '$1').trim()
}

const addressOf = (entry: string): Address => {
  const angled = /^(.*?)<([^>]*)>\s*(?:\([^()]*\))?\s*$/s.exec(entry)
  if (angled) return { email: (angled[2] ?? '').trim(), name: unquoted((angled[1] ?? '').replace(/^[^"<:]*:/, '')) }
  const comment = /\(([^()]*)\)/.exec(entry)
  return { email: entry.replace(/\([^()]*\)/g, '').replace(/^[^"@:]*:/, '').trim(), name: (comment?.[1] ?? '').trim() }
}

/** The addresses of a `From`, `To` or `Cc` header as Gmail gives it: decoded, in order. Groups are opened; empty entries are dropped. */
export const addressesIn = (header: string): Address[] =>
  entriesOf(header).map(addressOf).filter((address) => address.email !== '')
