import type { Card } from '../../../gmail-addon/cards/card'
import type { Step } from './cards/answers'
import type { Typed } from './form'
import { breach } from './strict'

/** One card of the stack, and what was typed on it. */
export type Shown = { card: Card; typed: Typed; stale: boolean }

const shown = (card: Card): Shown => ({ card, typed: {}, stale: false })

const atName = (stack: Shown[], name: string): Shown[] => {
  const index = stack.map(({ card }) => card.name).lastIndexOf(name)
  return index < 0 ? breach(`no card is named ${name}`) : stack.slice(0, index + 1)
}

const afterStep = (stack: Shown[], step: Step, keepTyped: boolean): Shown[] => {
  const top = stack.at(-1)
  if (step.do === 'root') return stack.slice(0, 1)
  if (step.do === 'to') return atName(stack, step.name)
  if (step.do === 'pop') return stack.length > 1 ? stack.slice(0, -1) : breach('the last card can\'t be popped')
  // A card that CardService has built and checked.
  const card = step.card as unknown as Card
  if (step.do === 'push') return [...stack, shown(card)]
  return [...stack.slice(0, -1), { ...shown(card), typed: keepTyped ? top?.typed ?? {} : {} }]
}

/** The stack after the steps of a navigation, in order. What was typed survives an update only where the action says so. */
export const afterSteps = (stack: Shown[], steps: readonly Step[], keepTyped: boolean): Shown[] =>
  steps.reduce((current, step) => afterStep(current, step, keepTyped), stack)

/** A fresh stack with one card. */
export const stackOf = (card: Card): Shown[] => [shown(card)]
