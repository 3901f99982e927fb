import type { ActionRef, Block, Draft, Link, Screen } from '../../shared/screens/vocabulary'
import type { Translate } from '../../shared/i18n/translate'
import { SCREENS } from '../../shared/screens/registry'
import { blockAt, drawBlock, drawBlocks } from './blocks'
import { groupParts } from './blocks/amounts'
import { footerKey, requiredInputs } from './blocks/forms'
import type { Card, CardAction, FixedFooter, Section } from './card'
import { onClick } from './click'
import { cutSections, MAX_WIDGETS, toSections, widgetCount, type Draw } from './draw'
import { cardInputs, inputValues } from './inputs'
import { plain, toned, html } from './text'
import { actionButton, actionButtons, button, buttons, paragraph } from './widgets'
import { noticeWidget } from './blocks/words'

/** What a screen's card is drawn from. `said` stands on top of it once: a sentence, and how to take back what was done. */
export type ScreenCardInput = { screen: Screen; here: Link; draft: Draft; t: Translate; said?: { text: string; undo?: ActionRef } }

/** The draw of a screen's card (`depth` 0), or of one that lies upon it; `inputs` are those on the card. */
export const drawOf = ({ screen, here, draft, t }: ScreenCardInput, depth: number, inputs: readonly string[] = []): Draw => ({
  t,
  from: { here, inputs, depth },
  draft,
  path: '',
  skip: 0,
  footer: footerKey(screen.primary),
})

const formFields = (blocks: readonly Block[], footer: string): string[] =>
  blocks.flatMap((block) => {
    if (block.is === 'section') return formFields(block.blocks, footer)
    return block.is === 'form' && footerKey(block.submit) === footer ? requiredInputs(block.fields) : []
  })

const footerOf = (screen: Screen, draw: Draw): FixedFooter | undefined =>
  screen.primary === undefined ? undefined : { primaryButton: actionButton({ ...screen.primary, tone: screen.primary.tone ?? 'primary' }, draw, formFields(screen.blocks, draw.footer)) }

/** Nothing comes by itself here: what changes while it is looked at can be asked for again. */
const refreshRefs = ({ t, from }: Draw): ActionRef[] =>
  (SCREENS[from.here.screen].watch?.topics.length ?? 0) > 0 ? [{ action: 'screen.retry', args: {}, label: t('common.refresh'), enabled: true }] : []

/** The card's own menu: what can be done, and the way home, as the list of cards may be long. */
const menuOf = (screen: Screen, draw: Draw): CardAction[] => [
  ...[...(screen.more ?? []), ...refreshRefs(draw)].filter((ref) => ref.enabled === true).map((ref) => ({ actionLabel: plain(ref.label), onClick: onClick({ kind: 'do', ref }, draw.from) })),
  ...(draw.from.here.screen === 'home' ? [] : [{ actionLabel: draw.t('common.home'), onClick: onClick({ kind: 'open', to: { screen: 'home', params: {} } }, draw.from) }]),
]

/** What the menu can't show grey: named with the reason at the end. */
const refusedMenu = (screen: Screen, { t }: Draw): Section[] => {
  const refused = [...(screen.more ?? []), ...(screen.primary ? [screen.primary] : [])].flatMap((ref) => (ref.enabled === true ? [] : [paragraph(toned(t('common.labelled', { label: html(ref.label), value: html(ref.enabled) }), 'neutral'))]))
  return refused.length === 0 ? [] : [{ widgets: refused }]
}

const saidSection = (said: ScreenCardInput['said'], draw: Draw): Section[] =>
  said === undefined ? [] : [{ widgets: [noticeWidget(said.text, 'success'), ...actionButtons(said.undo ? [said.undo] : [], draw)] }]

/** Never more widgets than Google draws: what is too much follows on the next card. */
const withinLimit = (sections: Section[], from: number, draw: Draw): Section[] => {
  if (from === 0 && widgetCount(sections) <= MAX_WIDGETS) return sections
  const { sections: shown, rest } = cutSections(sections, from, MAX_WIDGETS - 1)
  return rest === null ? shown : [...shown, { widgets: [buttons([button(draw.t('common.show_more'), { kind: 'rest', from: rest }, draw, 'borderless')])] }]
}

const sectionsOf = (input: ScreenCardInput, from: number, draw: Draw): Section[] => {
  const sections = [...saidSection(input.said, draw), ...drawBlocks(input.screen.blocks, draw), ...refusedMenu(input.screen, draw)]
  return withinLimit(sections.length > 0 ? sections : [{ widgets: [paragraph(html(input.screen.title))] }], from, draw)
}

/** Drawn twice: what a click says of its card's inputs is known once it is clear which of them are on it. */
const cardDraw = (input: ScreenCardInput, from: number, depth: number): Draw => {
  return drawOf(input, depth, cardInputs(input.screen, input.draft, inputValues(sectionsOf(input, from, drawOf(input, depth)))))
}

/** A screen as its card. The name is the screen's id, by which navigation goes back to it. */
export const screenCard = (input: ScreenCardInput): Card => {
  const draw = cardDraw(input, 0, 0)
  const fixedFooter = footerOf(input.screen, draw)
  const cardActions = menuOf(input.screen, draw)
  return {
    name: input.here.screen,
    header: { title: plain(input.screen.title) },
    sections: sectionsOf(input, 0, draw),
    ...(cardActions.length > 0 ? { cardActions } : {}),
    ...(fixedFooter ? { fixedFooter } : {}),
  }
}

/** The card of an open mail. It takes the place of what was shown: what the mail offers must be seen at once, not behind a header to click. */
export const contextCard = (input: ScreenCardInput): Card => ({ ...screenCard(input), displayStyle: 'REPLACE' })

/** What did not fit on a screen's card, from widget `from` on. */
export const restCard = (input: ScreenCardInput, from: number, depth: number): Card => ({
  header: { title: plain(input.screen.title) },
  sections: sectionsOf(input, from, cardDraw(input, from, depth)),
})

/** The rows of one list from `from` on; null when the screen has no such block any more. */
export const partCard = (input: ScreenCardInput, path: string, from: number, depth: number): Card | null => {
  const [place = '', group] = path.split(':')
  const block = blockAt(input.screen.blocks, place)
  if (block === undefined) return null
  const draw = { ...drawOf(input, depth), path: place, skip: from }
  if (block.is === 'plan' && group !== undefined) return { header: { title: plain(input.screen.title) }, sections: toSections(groupParts(block, Number(group), draw)) }
  return { header: { title: plain(input.screen.title) }, sections: withinLimit(toSections(drawBlock(block, draw)), 0, draw) }
}
