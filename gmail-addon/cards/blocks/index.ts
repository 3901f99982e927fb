import type { Block, BlockKind } from '../../../shared/screens/vocabulary'
import { toSections, type Draw, type Part } from '../draw'
import { bold, html, plain } from '../text'
import { paragraph } from '../widgets'
import { chart, meter, plan, progress } from './amounts'
import { files, form, search } from './forms'
import { links, people, table, timeline } from './lists'
import { actions, empty, facts, failure, notice, steps } from './words'

type Renderer<K extends BlockKind> = (block: Extract<Block, { is: K }>, draw: Draw) => Part[]

/** Its blocks under one header; a header of theirs becomes a bold line, unless it says the same. */
const section: Renderer<'section'> = (block, draw) => {
  const parts = block.blocks.flatMap((inner, i) => drawBlock(inner, { ...draw, path: `${draw.path}.${i}` }))
  const widgets = parts.flatMap((part) =>
    part.widgets.length === 0 || part.header === undefined || part.header.startsWith(plain(block.title)) ? part.widgets : [paragraph(bold(html(part.header))), ...part.widgets])
  return [{ header: plain(block.title), widgets, ...(block.folded ? { folded: true } : {}) }]
}

/** How each kind of block looks in Gmail; a kind without an entry does not compile. */
const RENDERERS: { [K in BlockKind]: Renderer<K> } = {
  section, notice, facts, people, table, timeline, search, form, files, meter, plan, progress, steps, chart, links, actions, empty, failure,
}

/** Any block as parts of a card. */
export const drawBlock = (block: Block, draw: Draw): Part[] => {
  // The table is keyed by the block's own kind, so renderer and block always agree; the compiler can't see it through an index.
  const renderer = RENDERERS[block.is] as Renderer<BlockKind>
  return renderer(block, draw)
}

/** Blocks as sections, each with its place in the screen. */
export const drawBlocks = (blocks: readonly Block[], draw: Draw) =>
  toSections(blocks.flatMap((block, i) => drawBlock(block, { ...draw, path: draw.path === '' ? String(i) : `${draw.path}.${i}` })))

/** The block at a place that a click named. */
export const blockAt = (blocks: readonly Block[], path: string): Block | undefined => {
  const [first, ...rest] = path.split('.')
  const block = blocks[Number(first)]
  if (block === undefined || rest.length === 0) return block
  return block.is === 'section' ? blockAt(block.blocks, rest.join('.')) : undefined
}
