import type { ActionRef, Link } from '../../shared/screens/vocabulary'
import type { Button, DecoratedText, Icon, IconButton, TextButton, Widget } from './card'
import { fits, onClick, type Click } from './click'
import type { Draw } from './draw'
import { entryOf } from './inputs'
import { BRAND, DANGER, html, material, plain, toned } from './text'

/** Of the inputs that Gmail is to insist on, those that are on this card. */
const onCard = (required: readonly string[], draw: Draw): string[] => required.filter((name) => draw.from.inputs.some((entry) => entryOf(entry).input === name))

/** A paragraph of markup that is already escaped. */
export const paragraph = (markup: string): Widget => ({ textParagraph: { text: markup } })

/** A line of the card. `text` is markup that is already escaped; labels are plain. */
export const line = (content: DecoratedText): Widget => ({
  decoratedText: {
    ...content,
    wrapText: true,
    ...(content.topLabel === undefined ? {} : { topLabel: plain(content.topLabel) }),
    ...(content.bottomLabel === undefined ? {} : { bottomLabel: plain(content.bottomLabel) }),
  },
})

export type ButtonLook = 'filled' | 'outlined' | 'borderless'
const TYPES = { filled: 'FILLED', outlined: 'OUTLINED', borderless: 'BORDERLESS' } as const

/** A button of words for any click. */
export const button = (label: string, click: Click, draw: Draw, look: ButtonLook = 'outlined', required: readonly string[] = []): TextButton => ({
  text: plain(label),
  onClick: onClick(click, draw.from, onCard(required, draw)),
  type: TYPES[look],
  ...(look === 'filled' ? { color: BRAND } : {}),
})

/** The button of an action: filled where it leads on, red where it takes away, grey where it can't be used. */
export const actionButton = (ref: ActionRef, draw: Draw, required: readonly string[] = []): TextButton => {
  const filled = ref.tone === 'primary' || ref.tone === 'danger'
  return {
    text: plain(ref.label),
    onClick: onClick({ kind: 'do', ref }, draw.from, onCard(required, draw)),
    type: filled ? 'FILLED' : 'OUTLINED',
    ...(filled ? { color: ref.tone === 'danger' ? DANGER : BRAND } : {}),
    ...(ref.enabled === true ? {} : { disabled: true, altText: plain(ref.enabled) }),
  }
}

/** Why actions can't be used, each reason once. */
export const reasons = (refs: readonly ActionRef[], { t }: Draw): Widget[] => {
  const byReason = new Map<string, string[]>()
  for (const ref of refs) {
    if (ref.enabled !== true) byReason.set(ref.enabled, [...(byReason.get(ref.enabled) ?? []), ref.label])
  }
  return [...byReason].map(([reason, labels]) => paragraph(toned(t('common.labelled', { label: labels.map(html).join(', '), value: html(reason) }), 'neutral')))
}

/** Buttons in a row, with what stands in the way of those that can't be used below them. */
export const actionButtons = (refs: readonly ActionRef[], draw: Draw, required: readonly string[] = []): Widget[] =>
  refs.length === 0 ? [] : [buttons(refs.map((ref) => actionButton(ref, draw, required))), ...reasons(refs, draw)]

export const buttons = (list: Button[]): Widget => ({ buttonList: { buttons: list } })

/** A small picture to click. */
export const iconButton = (icon: Icon, altText: string, click: Click, draw: Draw): IconButton => ({ icon, altText: plain(altText), onClick: onClick(click, draw.from) })

/** Leads to a screen. */
export const openClick = (to: Link, draw: Draw) => onClick({ kind: 'open', to }, draw.from)

/** A button that shows a text so that it can be copied: Gmail gives no access to the clipboard. */
export const copyButton = (text: string, draw: Draw): IconButton | undefined => {
  const click: Click = { kind: 'copy', text }
  return fits(click, draw.from) ? iconButton(material('content_copy'), draw.t('common.copy'), click, draw) : undefined
}
