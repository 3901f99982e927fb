import { makeStyles, mergeClasses, type Theme as FluentTheme } from '@fluentui/react-components'
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore, type KeyboardEvent } from 'react'
import { Blocks } from '../blocks/draw'
import { PaneProvider, type Pane } from '../blocks/pane'
import { ActionButton } from '../blocks/parts/action'
import { Skeleton } from '../blocks/skeleton'
import { Boundary } from './boundary'
import { topFrame, type ShellState } from './state'
import type { FileStore } from './files'
import type { Shell } from './shell'
import { ThemeRoot } from './theme-root'
import { loadTheme } from './themes'
import { Toasts } from './toasts'
import { TopBar } from './top-bar'
import { tokens } from '../blocks/parts/tokens'

// What a first screen does not need comes when it is asked for.
const AskDialog = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './dialog').then((part) => ({ default: part.AskDialog })))
const ProblemBar = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './problem-bar').then((part) => ({ default: part.ProblemBar })))

const useStyles = makeStyles({
  pane: { display: 'flex', flexDirection: 'column', height: '100vh', minWidth: 0, '@supports (height: 100dvh)': { height: '100dvh' }, '@media (max-height: 340px)': { height: 'auto', minHeight: '100vh' } },
  scroller: { flexGrow: 1, minHeight: 0, overflowY: 'auto', overflowX: 'hidden', position: 'relative', '@media (max-height: 340px)': { overflowY: 'visible' } },
  blocks: { display: 'grid', gap: '16px', gridTemplateColumns: 'minmax(0, 1fr)', padding: '12px', maxWidth: '720px', margin: '0 auto', boxSizing: 'border-box' },
  waiting: { opacity: 0.75 },
  footer: { flexShrink: 0, padding: '10px 12px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground1 },
})

const scrollBack = (element: HTMLElement, top: number): void => { element.scrollTop = top }

/** Puts the scroll back where a screen was left, once it is drawn. */
const useScroll = (state: ShellState, scroller: HTMLElement | null) => {
  const frame = topFrame(state)
  const ready = state.screen !== null
  useEffect(() => {
    if (ready && scroller) scrollBack(scroller, frame.scrollTop)
  }, [frame, ready, scroller])
}

const paneOf = (state: ShellState, shell: Shell, files: FileStore, scroller: HTMLElement | null): Pane => ({
  t: shell.deps.t,
  locale: shell.deps.t.locale,
  now: shell.deps.now(),
  draft: state.draft,
  params: topFrame(state).link.params,
  busy: state.busy,
  loadingMore: state.loadingMore,
  scroller,
  run: shell.run,
  open: shell.open,
  change: shell.change,
  search: shell.search,
  more: shell.more,
  tell: shell.tell,
  copy: shell.copy,
  keepFile: files.keepFile,
  keepText: files.keepText,
  suggest: shell.suggest,
})

const isTyping = (target: EventTarget): boolean => target instanceof HTMLElement && target.matches('input, textarea, select')

/** Alt+Left everywhere, Escape outside of fields: one screen back. */
const useBackKeys = (shell: Shell) => (event: KeyboardEvent) => {
  const steps = (event.key === 'ArrowLeft' && event.altKey) || (event.key === 'Escape' && !isTyping(event.target))
  if (!steps || shell.store.get().ask !== null) return
  event.preventDefault()
  shell.back()
}

/** The screen between the bar and the footer. */
const Main = ({ state, shell, scroller, setScroller }: { state: ShellState; shell: Shell; scroller: HTMLElement | null; setScroller(element: HTMLElement | null): void }) => {
  const styles = useStyles()
  useScroll(state, scroller)
  const { screen, problem } = state
  return (
    <main ref={setScroller} className={styles.scroller} onScroll={(event) => shell.scrolled(event.currentTarget.scrollTop)}>
      <Suspense>{problem && <ProblemBar problem={problem} dismiss={shell.dismissProblem} />}</Suspense>
      <div className={mergeClasses(styles.blocks, state.loading && screen !== null && styles.waiting)} aria-busy={state.loading || undefined}>
        {screen === null ? <Skeleton shape={state.shape} /> : <Blocks key={`${state.frames.length}-${topFrame(state).link.screen}`} blocks={screen.blocks} />}
      </div>
    </main>
  )
}

const Surface = ({ shell, files }: { shell: Shell; files: FileStore }) => {
  const styles = useStyles()
  const state = useSyncExternalStore(shell.store.subscribe, shell.store.get)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const pane = useMemo(() => paneOf(state, shell, files, scroller), [state, shell, files, scroller])
  const onKeyDown = useBackKeys(shell)
  const { screen, ask } = state
  return (
    <PaneProvider value={pane}>
      <div className={styles.pane} onKeyDown={onKeyDown} role="presentation">
        <TopBar state={state} shell={shell} screen={screen} />
        <Main state={state} shell={shell} scroller={scroller} setScroller={setScroller} />
        <Toasts toasts={state.toasts} dismiss={shell.dismissToast} />
        {screen?.primary && <footer className={styles.footer}><ActionButton item={screen.primary} look="primary" wide /></footer>}
        <Suspense>{ask && <AskDialog key={ask.title} ask={ask} />}</Suspense>
      </div>
    </PaneProvider>
  )
}

/** The theme of the host; a change is drawn when its colours are there. */
const useTheme = (shell: Shell, first: FluentTheme): FluentTheme => {
  const [theme, setTheme] = useState(first)
  const { host } = shell.deps
  useEffect(() => host.onThemeChanged((name) => void loadTheme(name).then(setTheme)), [host])
  return theme
}

/** The whole pane. `theme` is that of the host as it starts. */
export const App = ({ shell, files, theme, reload }: { shell: Shell; files: FileStore; theme: FluentTheme; reload(): void }) => {
  const { t } = shell.deps
  return (
    <ThemeRoot theme={useTheme(shell, theme)}>
      <Boundary t={t} reload={reload} signIn={shell.signIn}><Surface shell={shell} files={files} /></Boundary>
    </ThemeRoot>
  )
}
