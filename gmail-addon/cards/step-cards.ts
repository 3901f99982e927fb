import type { Failure, Issue } from '../../shared/errors'
import type { Translate } from '../../shared/i18n/translate'
import type { Confirmation } from '../../shared/screens/action-step'
import type { Block, Draft, Link } from '../../shared/screens/vocabulary'
import { drawBlocks } from './blocks'
import { issueWidgets } from './blocks/forms'
import type { Card, FixedFooter, Section, Widget } from './card'
import { onClick } from './click'
import { cutSections, MAX_WIDGETS, type Draw } from './draw'
import { TYPED_INPUT } from './inputs'
import { DANGER, html, plain } from './text'
import { button, buttons, paragraph } from './widgets'

/** Where an action stands: its screen, the words, and how many cards lie on the screen's own, this one counted. */
export type StepInput = { here: Link; draft: Draft; t: Translate; depth: number }

const drawOf = ({ here, draft, t, depth }: StepInput): Draw => ({ t, from: { here, inputs: [], depth }, draft, path: '', skip: 0, footer: '' })

const confirmFooter = (confirmation: Confirmation, attempt: string, draw: Draw): FixedFooter => {
  const cancel = button(confirmation.cancel, { kind: 'close' }, draw)
  if (confirmation.refused) return { primaryButton: button(confirmation.cancel, { kind: 'close' }, draw, 'filled') }
  const confirm = button(confirmation.confirm, { kind: 'confirm', attempt }, draw, 'filled', confirmation.typed === undefined ? [] : [TYPED_INPUT])
  return { primaryButton: confirmation.tone === 'danger' ? { ...confirm, color: DANGER } : confirm, secondaryButton: cancel }
}

const typedWidgets = (confirmation: Confirmation, issues: readonly Issue[], draw: Draw): Widget[] =>
  confirmation.typed === undefined || confirmation.refused ? [] : [
    ...issueWidgets(issues, draw),
    { textInput: { name: TYPED_INPUT, label: plain(draw.t('common.type_to_confirm', { word: confirmation.typed })), type: 'SINGLE_LINE', value: '' } },
  ]

/**
 * What is asked before a change goes out: the question or the plan, the word to type, and two ways on.
 * `issues` say that the word was not the right one.
 */
export const confirmCard = (confirmation: Confirmation, attempt: string, input: StepInput, more: { issues?: Issue[] } = {}): Card => {
  const draw = { ...drawOf(input), from: { here: input.here, inputs: confirmation.typed === undefined ? [] : [TYPED_INPUT], depth: input.depth } }
  const typed = typedWidgets(confirmation, more.issues ?? [], draw)
  const body: Section[] = [
    ...drawBlocks(confirmation.blocks, draw),
  ]
  const shown = cutSections(body, 0, MAX_WIDGETS - 4).sections
  const sections = [...shown, ...(typed.length > 0 ? [{ widgets: typed }] : [])]
  return {
    header: { title: plain(confirmation.title) },
    sections: sections.length > 0 ? sections : [{ widgets: [paragraph(html(confirmation.title))] }],
    fixedFooter: confirmFooter(confirmation, attempt, draw),
  }
}

/** An action that did not get through: why, the same request once more, and the way back. */
export const failedStepCard = ({ title, ...block }: Extract<Block, { is: 'failure' }> & { title: string }, attempt: string | null, input: StepInput): Card => {
  const draw = drawOf(input)
  const retry = attempt === null ? [] : [button(draw.t('common.retry'), { kind: 'retry', attempt }, draw, 'filled')]
  return {
    header: { title: plain(title) },
    sections: [
      ...drawBlocks([{ ...block, retry: undefined, way: block.way ?? { label: draw.t('common.home'), open: { screen: 'home', params: {} } } }], draw),
      { widgets: [buttons([...retry, button(draw.t('common.back'), { kind: 'close' }, draw)])] },
    ],
  }
}

/** Gmail vouches for people itself: there is nothing to fill in, only to allow, and to try again. */
export const signInCard = (failure: Pick<Failure, 'requestId'>, support: string | null, input: StepInput): Card => {
  const draw = drawOf(input)
  const help = support !== null && support.startsWith('https://') ? [{ text: draw.t('common.support'), onClick: { openLink: { url: support } }, type: 'OUTLINED' as const }] : []
  return {
    header: { title: plain(draw.t('failure.sign_in_title')) },
    sections: [{
      widgets: [
        paragraph(html(draw.t('card.sign_in_text'))),
        ...(failure.requestId ? [paragraph(html(draw.t('common.failure_reference', { id: failure.requestId })))] : []),
        buttons([button(draw.t('common.retry'), { kind: 'replace', to: input.here }, draw, 'filled'), ...help]),
      ],
    }],
  }
}

/** A text in an input of its own, where it can be selected: a card has no clipboard. */
export const copyCard = (text: string, input: StepInput): Card => {
  const draw = drawOf(input)
  return {
    header: { title: plain(draw.t('common.copy')) },
    sections: [{
      widgets: [
        { textInput: { name: 'copy', label: plain(draw.t('card.copy')), type: text.length > 60 ? 'MULTIPLE_LINE' : 'SINGLE_LINE', value: text } },
        { buttonList: { buttons: [{ text: draw.t('common.back'), type: 'OUTLINED', onClick: onClick({ kind: 'close' }, draw.from) }] } },
      ],
    }],
  }
}
