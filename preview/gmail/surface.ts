import type { OnClick } from '../../gmail-addon/cards/card'

/** What a drawn card can do: read and fill its inputs, run its actions, open its links. */
export type Surface = {
  values: Record<string, string[]>
  /** Notes what was typed; nothing runs before the input is left or something is clicked. */
  fill(name: string, values: string[]): void
  /** Says that an input is done, so that its own action runs if it has one. */
  done(name: string, values: string[]): void
  click(onClick: OnClick): void
  /** What the add-on offers for a text typed so far. */
  suggest(name: string, text: string): string[]
}
