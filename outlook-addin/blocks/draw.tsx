import { lazy, Suspense, type ReactNode } from 'react'
import type { Block, BlockKind, BlockOf } from '../../shared/screens/vocabulary'
import { Empty, FailureView } from './empty'
import { Facts } from './facts'
import { Links } from './links'
import { Notice } from './notice'
import { ActionLine } from './parts/action'
import { People } from './people'
import { Section } from './section'
import { Shape } from './skeleton'

type Renderers = { [K in BlockKind]: (block: BlockOf<K>) => ReactNode }

// Blocks of later screens come as chunks of their own; the first screen waits for none of them.
const Form = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './form').then((part) => ({ default: part.Form })))
const Files = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './files').then((part) => ({ default: part.Files })))
const Table = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './table').then((part) => ({ default: part.Table })))
const Timeline = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './timeline').then((part) => ({ default: part.Timeline })))
const PlanView = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './plan').then((part) => ({ default: part.PlanView })))
const ProgressView = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './progress').then((part) => ({ default: part.ProgressView })))
const Search = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './search').then((part) => ({ default: part.Search })))
const Meter = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './meter').then((part) => ({ default: part.Meter })))
const Steps = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './steps').then((part) => ({ default: part.Steps })))
const Chart = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './chart').then((part) => ({ default: part.Chart })))

/** How each kind of block is drawn here: a kind that is missing does not compile. */
const RENDERERS: Renderers = {
  section: (block) => <Section title={block.title} folded={block.folded}><Blocks blocks={block.blocks} /></Section>,
  notice: (block) => <Notice block={block} />,
  facts: (block) => <Facts block={block} />,
  people: (block) => <People block={block} />,
  table: (block) => <Table block={block} />,
  timeline: (block) => <Timeline block={block} />,
  search: (block) => <Search block={block} />,
  form: (block) => <Form block={block} />,
  files: (block) => <Files block={block} />,
  meter: (block) => <Meter block={block} />,
  plan: (block) => <PlanView block={block} />,
  progress: (block) => <ProgressView block={block} />,
  steps: (block) => <Steps block={block} />,
  chart: (block) => <Chart block={block} />,
  links: (block) => <Links block={block} />,
  actions: (block) => <ActionLine items={block.items} />,
  empty: (block) => <Empty block={block} />,
  failure: (block) => <FailureView block={block} />,
}

// The table pairs each kind with its own block; the pairing can't be followed through a union.
const draw = <K extends BlockKind>(block: BlockOf<K>): ReactNode => (RENDERERS as { [P in K]: (block: BlockOf<P>) => ReactNode })[block.is as K](block)

/** Keys by kind and place among its kind: a notice that comes or goes leaves the form below it, and its focus, alone. */
const keyed = (blocks: Block[]): { key: string; block: Block }[] => {
  const seen: Partial<Record<BlockKind, number>> = {}
  return blocks.map((block) => {
    const nth = (seen[block.is] ?? 0) + 1
    seen[block.is] = nth
    return { key: block.is === 'form' ? `form-${block.id}` : `${block.is}-${nth}`, block }
  })
}

/** Blocks one below the other. */
export const Blocks = ({ blocks }: { blocks: Block[] }) => keyed(blocks).map(({ key, block }) => <Suspense key={key} fallback={<Shape kind={block.is} />}>{draw(block)}</Suspense>)
