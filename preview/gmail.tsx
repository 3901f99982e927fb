import { createDOMRenderer, RendererProvider } from '@fluentui/react-components'
import { useCallback, useEffect, useReducer, useState, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { surroundingBridge, type Bridge } from './bridge'
import { loadGmail, type GmailClient } from './gmail/client'
import { DrawnCard } from './gmail/draw'
import type { Surface } from './gmail/surface'
import type { Mail } from './mailbox'

const NOTE_MS = 6000

/** What was typed since the card was drawn; Gmail hands it over with the next click. */
type Typed = Record<string, string[]>

const report = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Lets the browser paint before a call that blocks it, as every call of Apps Script does. */
const afterPaint = (work: () => void): void => { requestAnimationFrame(() => setTimeout(work)) }

type Shown = { typed: Typed; note: string | null; broken: string | null; busy: boolean }
const FRESH: Shown = { typed: {}, note: null, broken: null, busy: false }

const useClient = ({ gmail, open, openScreen, outward }: GmailClient, bridge: Bridge) => {
  const [shown, setShown] = useReducer((now: Shown, part: Partial<Shown>) => ({ ...now, ...part }), FRESH)
  const run = useCallback((work: () => { notification: string | null; link: string | null; missing: string[] } | undefined) => {
    setShown({ busy: true, note: null })
    afterPaint(() => {
      try {
        const outcome = work()
        if (outcome?.link) window.open(outward(outcome.link), '_blank', 'noopener')
        setShown({ busy: false, broken: null, note: outcome?.notification ?? (outcome && outcome.missing.length > 0 ? 'Fill in the required fields first.' : null), ...(outcome?.missing.length ? {} : { typed: {} }) })
      } catch (error) {
        setShown({ busy: false, broken: report(error) })
      }
    })
  }, [outward])
  useEffect(() => {
    const show = (mail: Mail | null) => run(() => { open(mail); return undefined })
    let openId = bridge.current().mail?.id ?? null
    run(() => {
      open(bridge.current().mail)
      openScreen(window.location.search)
      return undefined
    })
    return bridge.subscribe(({ mail }) => {
      if ((mail?.id ?? null) === openId) return
      openId = mail?.id ?? null
      show(mail)
    })
  }, [bridge, open, openScreen, run])
  useEffect(() => {
    if (shown.note === null) return
    const timer = setTimeout(() => setShown({ note: null }), NOTE_MS)
    return () => clearTimeout(timer)
  }, [shown.note])

  const flush = (typed: Typed): Record<string, string[]> => ({ ...shown.typed, ...typed })
  const surface: Surface = {
    get values() { return { ...gmail.values(), ...shown.typed } },
    fill: (name, values) => setShown({ typed: flush({ [name]: values }) }),
    done: (name, values) => {
      setShown({ typed: flush({ [name]: values }) })
      run(() => gmail.type(name, values, shown.typed))
    },
    click: (onClick) => run(() => gmail.click(onClick, shown.typed)),
    suggest: (name, text) => gmail.suggest(name, text),
  }
  return { shown, surface, back: () => run(() => { gmail.back(); return undefined }) }
}

function Sidebar({ client, bridge }: { client: GmailClient; bridge: Bridge }): ReactElement {
  const { shown, surface, back } = useClient(client, bridge)
  const stack = client.gmail.stack()
  const card = stack.at(-1)
  const place = `${stack.length} ${card?.name ?? ''}`
  useEffect(() => window.scrollTo(0, 0), [place])
  return (
    <div className={`g-app ${shown.busy ? 'g-busy' : ''}`} aria-busy={shown.busy}>
      {stack.length > 1 && <nav className="g-top"><button type="button" aria-label="Back" onClick={back}>←</button></nav>}
      {shown.broken && <pre role="alert" className="g-text">{shown.broken}</pre>}
      {card && <DrawnCard key={place} card={card} surface={surface} />}
      {shown.note && <div className="g-note" role="status">{shown.note}</div>}
    </div>
  )
}

function Page({ bridge }: { bridge: Bridge }): ReactElement {
  const [client, setClient] = useState<GmailClient | null>(null)
  const [broken, setBroken] = useState<string | null>(null)
  useEffect(() => { loadGmail(bridge.current().state).then(setClient, (error: unknown) => setBroken(report(error))) }, [bridge])
  useEffect(() => {
    const dress = (theme: string) => { document.documentElement.dataset['theme'] = theme }
    dress(bridge.current().state.theme)
    return bridge.subscribe(({ state }) => dress(state.theme))
  }, [bridge])
  if (broken !== null) return <pre role="alert" className="g-text">{broken}</pre>
  return client ? <Sidebar client={client} bridge={bridge} /> : <p className="g-text" aria-busy>Loading…</p>
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {})
const root = document.getElementById('root')
if (root) createRoot(root).render(<RendererProvider renderer={renderer} targetDocument={document}><Page bridge={surroundingBridge()} /></RendererProvider>)
