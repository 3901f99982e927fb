import type { ReactElement } from 'react'
import type { Account } from './mailbox'
import { HOSTS, LANGUAGES, THEMES, WIDTHS, type State } from './state'

const HOST_NAMES = { outlook: 'Outlook', gmail: 'Gmail' } as const

type Props = { state: State; accounts: Account[]; change: (part: Partial<State>) => void; reload: () => void }

/** Whose mailbox, which add-in, and how it is shown. */
export function Toolbar({ state, accounts, change, reload }: Props): ReactElement {
  const known = accounts.some((account) => account.email === state.person)
  return (
    <header className="bar">
      <strong>Orgdesk preview</strong>
      <label>Mailbox
        <select value={state.person} onChange={(e) => change({ person: e.target.value, mail: '' })}>
          {!known && <option value={state.person}>{state.person}</option>}
          {accounts.map((account) => <option key={account.email} value={account.email}>{account.email} · {account.role}</option>)}
        </select>
      </label>
      <button type="button" onClick={reload}>Check for mail</button>
      <span role="group" aria-label="Add-in">
        {HOSTS.map((host) => <button key={host} type="button" aria-pressed={state.host === host} onClick={() => change({ host })}>{HOST_NAMES[host]}</button>)}
      </span>
      <label>Language
        <select value={state.lang} onChange={(e) => change({ lang: LANGUAGES.find((l) => l === e.target.value) ?? 'en' })}>{LANGUAGES.map((l) => <option key={l}>{l}</option>)}</select>
      </label>
      <label>Theme
        <select value={state.theme} onChange={(e) => change({ theme: THEMES.find((t) => t === e.target.value) ?? 'light' })}>{THEMES.map((t) => <option key={t}>{t}</option>)}</select>
      </label>
      <label>Width
        <select value={state.width} onChange={(e) => change({ width: Number(e.target.value) })}>{[...new Set([...WIDTHS, state.width])].map((w) => <option key={w}>{w}</option>)}</select>
      </label>
    </header>
  )
}
