import { screenKey } from '../../shared/screens/lifecycle'
import type { Effect, Link } from '../../shared/screens/vocabulary'
import { copyText } from './copy'
import { notify, topKey, writeDraft, type Core } from './core'
import { topFrame } from './state'
import type { Router } from './router'

/** One kind of effect; two kinds may share one shape. */
type EffectOf<K extends Effect['do'], E = Effect> = E extends { do: infer D } ? (K extends D ? E : never) : never

/** Where effects come from: the screen of the click, and what can be done about its action. */
export type Origin = {
  key: string
  /** True where a click is so near that a window may still be opened. */
  clicked: boolean
  signIn(clicked: boolean): void
  signOut(): void
  failed(failure: EffectOf<'failure'>['failure']): void
  replan(plan: EffectOf<'plan'>): void
}

type Runners = { [K in Effect['do']]: (effect: EffectOf<K>) => void }

const keepDraft = (core: Core, from: string, to: Link): void => {
  const draft = core.drafts.load(from)
  core.drafts.save(screenKey(to, { mail: topFrame(core.store.get()).mail }), draft)
}

const openUrl = (core: Core, url: string): void => {
  // A window that opens long after the click is blocked in many hosts: then the sentence carries the link.
  if (!core.deps.host.openLink(url).ok) notify(core, { tone: 'info', text: core.deps.t('common.open'), href: url })
}

const download = async (core: Core, { ticket }: EffectOf<'download'>): Promise<void> => {
  const reply = await core.deps.send(ticket, { idempotencyKey: core.deps.newId() })
  if (!reply.ok) return notify(core, { tone: 'danger', text: core.deps.t.code(reply.failure.code) })
  if (reply.value.url !== null) openUrl(core, new URL(reply.value.url, core.deps.origins.app).href)
}

const compose = async (core: Core, { to, subject, html }: EffectOf<'compose'>): Promise<void> => {
  const done = await core.deps.host.compose({ to, subject, html })
  if (!done.ok) notify(core, { tone: 'danger', text: core.deps.t.code(done.failure.code) })
}

/** How each effect happens here: one that is missing does not compile. */
const runnersOf = (core: Core, router: Router, origin: Origin): Runners => {
  const isHere = () => origin.key === topKey(core)
  const patch = (change: Partial<ReturnType<Core['drafts']['load']>>) => writeDraft(core, origin.key, { ...core.drafts.load(origin.key), ...change })
  // Somebody who has gone elsewhere meanwhile is not taken away from there.
  const go = (move: () => void) => { if (isHere()) move() }
  return {
    open: (effect) => go(() => {
      if (effect.keepDraft) keepDraft(core, origin.key, effect.to)
      router.open(effect.to)
    }),
    replace: (effect) => go(() => {
      if (effect.keepDraft) keepDraft(core, origin.key, effect.to)
      router.replace(effect.to)
    }),
    back: (effect) => go(() => router.back(effect.to)),
    home: () => go(router.home),
    refresh: (effect) => router.refresh(effect.tags),
    draft: (effect) => patch({ values: { ...core.drafts.load(origin.key).values, ...effect.values } }),
    select: ({ on, ids }) => {
      const frame = core.store.get().frames.filter(({ link }) => link.screen === on).at(-1)
      if (frame === undefined) return
      const key = screenKey(frame.link, { mail: frame.mail })
      writeDraft(core, key, { ...core.drafts.load(key), selected: ids })
    },
    notify: ({ tone, text, undo }) => notify(core, { tone, text, undo }),
    issues: (effect) => {
      patch({ issues: effect.issues })
      const hasForm = JSON.stringify(core.store.get().screen?.blocks ?? []).includes('"is":"form"')
      if (!isHere() || !hasForm) notify(core, { tone: 'danger', text: effect.issues.map((issue) => core.deps.t.code(issue.code, issue.params)).join(' ') })
    },
    plan: (effect) => {
      patch({ plan: { plan: effect.plan, digest: effect.digest } })
      if (isHere()) origin.replan(effect)
    },
    conflict: (effect) => patch({ theirs: effect.theirs }),
    failure: (effect) => (isHere() ? origin.failed(effect.failure) : notify(core, { tone: 'danger', text: core.deps.t.code(effect.failure.code) })),
    download: (effect) => void download(core, effect),
    link: (effect) => openUrl(core, effect.url),
    compose: (effect) => void compose(core, effect),
    copy: (effect) => void copyText(core, effect.text),
    signIn: () => origin.signIn(origin.clicked),
    signOut: () => origin.signOut(),
  }
}

/** Lets effects happen in their order. */
export const runEffects = (core: Core, router: Router, origin: Origin, effects: Effect[]): void => {
  const runners = runnersOf(core, router, origin)
  // The table pairs each effect with its own runner; the pairing can't be followed through a union.
  const run = <K extends Effect['do']>(effect: EffectOf<K>) => (runners as { [P in K]: (one: EffectOf<P>) => void })[effect.do as K](effect)
  for (const effect of effects) run(effect)
}
