import { DOMAINS, domain } from '../../../tests/doubles/samples/domains'
import { CATALOGS, sampleEnv } from '../../../tests/doubles/samples/env'
import { context, mail } from '../../../tests/doubles/samples/records'
import { CHECK_OUTCOMES, DOMAIN_STATUSES, DOMAIN_WARNINGS } from '../../domains/domains.model'
import { FOUND_VERDICTS } from '../../domains/domains.check'
import type { Ability } from '../../access/abilities'
import type { ImportPreview } from '../../imports/imports.model'
import { LOCALES } from '../../kit/locale'
import { actionOutcome, actionStep } from '../action-step'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { ActionRef, Block, Env, Fact, Screen } from '../vocabulary'

const draw = (value: ReturnType<typeof domain>, env: Env = sampleEnv()): Screen => drawScreen(SCREENS.domain, { domain: { ok: true, value } }, { domainId: value.id }, emptyDraft(), env)
const all = (blocks: Block[]): Block[] => blocks.flatMap((block) => (block.is === 'section' ? [block, ...all(block.blocks)] : [block]))
const facts = (screen: Screen) => all(screen.blocks).flatMap((block) => (block.is === 'facts' ? block.items : []))
const texts = (screen: Screen) => all(screen.blocks).flatMap((block) => (block.is === 'notice' ? [block.text] : []))
/** What an import says of the domains that keep its people out. */
const waitingFacts = (domains: ImportPreview['domains']): Fact[] => {
  const preview: ImportPreview = { digest: 'd', total: 3, counts: { domain_not_approved: 3 }, licenses: [], groups: [], domains, rows: [] }
  return facts(drawScreen(SCREENS.import, { preview: { ok: true, value: preview } }, { source: 'attachment', file: 'a', name: 'hires.csv' }, emptyDraft(), sampleEnv()))
}
const ref = (part: Partial<ActionRef> & Pick<ActionRef, 'action'>): ActionRef => ({ args: {}, label: 'Do it', enabled: true, ...part })

describe('one domain', () => {
  it('gives the exact record, to be copied', () => {
    const copied = facts(draw(domain())).filter(({ copy }) => copy).map(({ value }) => value)
    expect(copied).toEqual(['_orgdesk-challenge.acme.example', 'orgdesk=0123456789abcdef0123456789abcdef'])
  })
  it('shows every value that was found beside what was expected', () => {
    const found = all(draw(domain()).blocks).flatMap((block) => (block.is === 'section' && block.title === 'Found in DNS' ? block.blocks : []))
    expect(found.flatMap((block) => (block.is === 'facts' ? block.items : []))).toEqual([
      { label: 'acme.example', value: 'orgdesk=0123456789abcdef0123456789abcdef', note: 'Right value, wrong host' }, { label: 'acme.example', value: 'v=spf1 -all', note: 'Another value' },
    ])
  })
  it.each(CHECK_OUTCOMES)('has a sentence of its own for %s, in each language', (outcome) => {
    for (const locale of LOCALES) expect(CATALOGS[locale][`check_outcome.${outcome}`]).toBeTruthy()
    expect(new Set(CHECK_OUTCOMES.map((one) => JSON.stringify(CATALOGS.fr[`check_outcome.${one}`]))).size).toBe(CHECK_OUTCOMES.length)
    const drawn = texts(draw(domain({ lastCheck: { at: '2026-03-02T09:00:00.000Z', outcome, found: [] } })))
    expect(drawn.some((text) => text === sampleEnv().t(`check_outcome.${outcome}`, { host: '_orgdesk-challenge.acme.example', domain: 'acme.example' }))).toBe(true)
  })
  it('can say every status, warning and verdict', () => {
    for (const locale of LOCALES) {
      for (const status of DOMAIN_STATUSES) expect(CATALOGS[locale][`domain_status.${status}_explained`]).toBeTruthy()
      for (const warning of DOMAIN_WARNINGS) expect(CATALOGS[locale][`domains.warning.${warning}`]).toBeTruthy()
      for (const verdict of FOUND_VERDICTS) expect(CATALOGS[locale][`domains.found_${verdict}`]).toBeTruthy()
    }
  })
  it.each(DOMAINS.map((one) => [one.id, one] as const))('%s is drawn in each language without a hole', (_id, one) => {
    for (const locale of LOCALES) expect(JSON.stringify(draw(one, sampleEnv({ locale })))).not.toMatch(/…|undefined|\{\w+\}|"(domains|domain_status|check_outcome)\./)
  })
  it('says when it is looked at next, and until when it has to be proved', () => {
    const values = facts(draw(domain())).map(({ label, value }) => `${label}: ${value}`)
    expect(values).toEqual(expect.arrayContaining(['Next check: in 2 hours', expect.stringMatching(/^To be proved by: /)]))
  })
  it('tells that subdomains are covered, and by whom this one is', () => {
    expect(texts(draw(domain({ status: 'approved' }))).some((text) => text.includes('subdomains of acme.example'))).toBe(true)
    expect(texts(draw(domain({ coveredBy: 'example.test' }))).some((text) => text.includes('example.test'))).toBe(true)
    expect(texts(draw(domain({ status: 'approved', warning: 'record_missing' }))).some((text) => text.startsWith('All subdomains'))).toBe(false)
  })
  it('offers what the abilities allow and nothing else', () => {
    const offered = (value: ReturnType<typeof domain>) => [draw(value).primary?.label, ...all(draw(value).blocks).flatMap((block) => (block.is === 'actions' ? block.items.map(({ label }) => label) : []))].filter(Boolean)
    expect(offered(domain())).toEqual(['Check now', 'Remove domain'])
    expect(offered(domain({ status: 'failed' }))).toEqual(['Check and start again', 'Remove domain'])
    expect(offered(domain({ status: 'refused', abilities: { 'domain.check': 'domain.refused', 'domain.remove': true } }))).toEqual(['Remove domain'])
    expect(offered(domain({ abilities: { 'domain.check': 'access.denied', 'domain.remove': 'access.denied' } }))).toEqual([])
  })
})

describe('claiming', () => {
  it('takes the name from the form and replaces it by the new domain', () => {
    const draft = { ...emptyDraft(), values: { name: 'Acme.example' } }
    expect(actionStep(ref({ action: 'domain.add' }), {}, draft, sampleEnv())).toMatchObject({ next: 'send', call: { endpoint: 'domains.add', body: { name: 'Acme.example' } } })
    expect(actionStep(ref({ action: 'domain.add' }), {}, emptyDraft(), sampleEnv())).toEqual({ next: 'issues', issues: [{ code: 'field.required', path: 'name' }] })
    expect(actionOutcome(ref({ action: 'domain.add' }), draft, sampleEnv(), { ok: true, value: domain() })).toContainEqual({ do: 'replace', to: { screen: 'domain', params: { domainId: 'd-1' } } })
  })
  it('is one click for a domain that keeps people of an import out, unless nobody can have it or it is claimed already', () => {
    const drawn = (claim: Ability, domainId: string | null = null) => waitingFacts([{ name: 'xn--lsewhere-90a.example', unicodeName: 'élsewhere.example', count: 3, domainId, abilities: { 'domains.add': claim } }])
    expect(drawn(true)).toEqual([{ label: 'élsewhere.example', value: '3 rows', action: expect.objectContaining({ action: 'domain.add', args: { name: 'xn--lsewhere-90a.example' } }) }])
    expect(drawn('access.denied')).toEqual([{ label: 'élsewhere.example', value: '3 rows' }])
    expect(drawn('domain.public_mailbox')).toEqual([{ label: 'élsewhere.example', value: '3 rows', note: expect.stringContaining('nobody can claim') }])
    expect(drawn('domain.exists', 'd-1')).toEqual([{ label: 'élsewhere.example', value: '3 rows', note: expect.stringContaining('Claimed'), open: { screen: 'domain', params: { domainId: 'd-1' } } }])
    expect(actionOutcome(ref({ action: 'domain.add', args: { name: 'elsewhere.example' } }), emptyDraft(), sampleEnv(), { ok: true, value: domain() })).toContainEqual({ do: 'open', to: { screen: 'domain', params: { domainId: 'd-1' } } })
  })
  it('is offered in the open mail for a stranger’s domain that looks like the organization’s own', () => {
    const stranger = { address: 'x@acme-group.example', user: null, contact: null, domain: { name: 'acme-group.example', state: 'unclaimed' as const, looksLike: 'acme.example' }, lastEvents: [], abilities: {} }
    const drawn = (part: object) => all(drawScreen(SCREENS.mail, { context: { ok: true, value: context({ people: [{ ...stranger, ...part }] }) } }, {}, emptyDraft(), sampleEnv({ mail: mail() })).blocks).flatMap((block) => (block.is === 'notice' ? (block.actions ?? []) : [])).filter(({ action }) => action === 'domain.add').map(({ args }) => args)
    expect(drawn({})).toEqual([{ name: 'acme-group.example' }])
    expect(drawn({ domain: { ...stranger.domain, looksLike: null } })).toEqual([])
    expect(drawn({ domain: { ...stranger.domain, state: 'pending' } })).toEqual([])
  })
})

describe('removing and checking', () => {
  it('shows the consequences before it removes', () => {
    const remove = ref({ action: 'domain.remove', args: { domainId: 'd-1', name: 'acme.example' } })
    expect(actionStep(remove, {}, emptyDraft(), sampleEnv())).toMatchObject({ next: 'plan', call: { endpoint: 'domains.remove', dryRun: true } })
    const plan = { kind: 'domain.remove', count: 1, targets: [{ id: 'd-1', label: 'acme.example' }], consequences: [{ code: 'plan.domain_users_kept', params: { count: 2 }, tone: 'warning' as const }], refused: [], refusedCount: 0, seats: [] }
    const step = actionStep(remove, { plan: { digest: 'd', plan } }, emptyDraft(), sampleEnv())
    expect(JSON.stringify(step)).toContain('2 users have addresses in this domain')
  })
  it('tells what the check came to', () => {
    const told = (value: ReturnType<typeof domain>) => actionOutcome(ref({ action: 'domain.check', args: { domainId: 'd-1' } }), emptyDraft(), sampleEnv(), { ok: true, value }).find((effect) => effect.do === 'notify')
    expect(told(domain())).toMatchObject({ tone: 'info', text: expect.stringContaining('wrong host') })
    expect(told(domain({ status: 'approved', lastCheck: { at: '2026-03-02T09:00:00.000Z', outcome: 'verified', found: [] } }))).toMatchObject({ tone: 'success' })
    expect(told(domain({ status: 'contested' }))).toMatchObject({ tone: 'warning' })
  })
})
