import type { Button, Card, ColumnWidget, OnClick, Widget } from '../../../gmail-addon/cards/card'

/** Something on a card that can be clicked; `parameters` are what Gmail adds to the action's own. */
export type Clickable = { label: string; onClick: OnClick; disabled: boolean; parameters: Record<string, string> }

const plain = (markup: string): string => markup.replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&')

const clickable = (label: string, onClick: OnClick | undefined, parameters: Record<string, string> = {}): Clickable[] =>
  (onClick ? [{ label: plain(label), onClick, disabled: false, parameters }] : [])

const button = (found: Button): Clickable =>
  ({ label: plain(found.text ?? found.altText ?? ''), onClick: found.onClick, disabled: !found.icon && found.disabled === true, parameters: {} })

const inWidget = (widget: Widget | ColumnWidget): Clickable[] => {
  if (widget.buttonList) return widget.buttonList.buttons.map(button)
  if (widget.image) return clickable(widget.image.altText, widget.image.onClick)
  if (widget.decoratedText) {
    const { text, onClick, button: end } = widget.decoratedText
    return [...clickable(text, onClick), ...(end ? [button(end)] : [])]
  }
  if ('grid' in widget && widget.grid) {
    const { items, onClick } = widget.grid
    return items.flatMap((item) => clickable(item.title ?? item.id, onClick, { grid_item_identifier: item.id }))
  }
  return 'columns' in widget && widget.columns ? widget.columns.columnItems.flatMap((column) => column.widgets.flatMap(inWidget)) : []
}

/** Everything on a card that can be clicked, in reading order: widgets, footer, then the card's own menu. */
export const clickablesOf = (card: Card): Clickable[] => [
  ...card.sections.flatMap((section) => section.widgets.flatMap(inWidget)),
  ...(card.fixedFooter ? [card.fixedFooter.primaryButton, ...(card.fixedFooter.secondaryButton ? [card.fixedFooter.secondaryButton] : [])].map(button) : []),
  ...(card.cardActions ?? []).flatMap((entry) => clickable(entry.actionLabel, entry.onClick)),
]

/** Every text that a card shows, for tests that ask whether something is said. */
export const textsOf = (card: Card): string[] => {
  const SHOWN = ['text', 'topLabel', 'bottomLabel', 'title', 'subtitle', 'header', 'label', 'hintText', 'actionLabel', 'altText', 'value']
  const walk = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(walk)
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      if (key === 'onClick' || key.endsWith('Action')) return []
      return typeof inner === 'string' ? (SHOWN.includes(key) ? [plain(inner)] : []) : walk(inner)
    })
  }
  return walk(card)
}
