import { sampleEnv } from '../../../tests/doubles/samples/env'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'

const kept = { retentionMonths: null, months: [], lines: 0, through: 0, exported: null, purging: false, sealed: [], abilities: {} }
const beyond = { ...kept, retentionMonths: 12, months: [{ month: '2025-01', lines: 1 }, { month: '2025-02', lines: 2 }], lines: 3, through: 3, abilities: { 'log.purge': true } }
const draw = (retention: object) => drawScreen(SCREENS.retention, { retention: { ok: true as const, value: retention } }, {}, emptyDraft(), sampleEnv())

test('a log that is kept for ever says so, and where that is decided', () => {
  const { blocks } = draw(kept)
  expect(blocks.map(({ is }) => is)).toEqual(['facts', 'notice', 'links'])
  expect(blocks.flatMap((block) => (block.is === 'links' ? block.items.map(({ open }) => open.screen) : []))).toEqual(['organization'])
})

test('months that are beyond what is kept are named as people name them', () => {
  const facts = draw(beyond).blocks.flatMap((block) => (block.is === 'facts' ? block.items : []))
  expect(facts.find(({ label }) => label === 'Older than that')).toMatchObject({ value: '3 lines', note: 'January 2025 to February 2025' })
})
