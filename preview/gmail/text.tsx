import type { ReactElement } from 'react'

/** The few tags that cards may hold; everything else is text. */
const ALLOWED: Record<string, string[]> = { B: [], I: [], U: [], S: [], BR: [], FONT: ['color'], A: ['href'] }

const clean = (node: Node, key: number): ReactElement | string => {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? ''
  const element = node as Element
  const children = [...node.childNodes].map(clean)
  if (!(element.tagName in ALLOWED)) return <span key={key}>{children}</span>
  if (element.tagName === 'BR') return <br key={key} />
  if (element.tagName === 'FONT') return <span key={key} className="g-tint" style={{ color: element.getAttribute('color') ?? undefined }}>{children}</span>
  if (element.tagName === 'A') return <a key={key} href={element.getAttribute('href') ?? '#'} target="_blank" rel="noreferrer">{children}</a>
  const Tag = element.tagName.toLowerCase() as 'b' | 'i' | 'u' | 's'
  return <Tag key={key}>{children}</Tag>
}

/** Text of a card as Gmail shows it: its small subset of HTML, and line breaks. */
export function CardText({ html }: { html: string }): ReactElement {
  const parsed = new DOMParser().parseFromString(html.replace(/\n/g, '<br>'), 'text/html')
  return <>{[...parsed.body.childNodes].map(clean)}</>
}
