import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react'
import type { BridgeOwner } from './bridge'
import { loadAccounts, loadMails, type Account, type Mail } from './mailbox'
import { ReadingPane } from './reading-pane'
import { addressOf, sitDownAs, type State } from './state'
import { Toolbar } from './toolbar'

const NEW_MAIL_EVERY_MS = 3000
// What Outlook on the web grants a pane.
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads'
const FRAMES = { outlook: '/outlook/taskpane.html', gmail: '/gmail/' } as const

/** The mails of a person, read again every few seconds: mails that the product sends arrive by themselves. */
const useMails = (person: string): { mails: Mail[] | null; reload: () => void } => {
  const [mails, setMails] = useState<Mail[] | null>(null)
  const reload = useCallback(() => { void loadMails(person).then(setMails, () => undefined) }, [person])
  useEffect(() => {
    setMails(null)
    reload()
    const timer = setInterval(reload, NEW_MAIL_EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])
  return { mails, reload }
}

function MailList({ mails, open, choose }: { mails: Mail[]; open: Mail | null; choose: (id: string) => void }): ReactElement {
  return (
    <ul className="list" aria-label="Mails">
      {mails.map((mail) => (
        <li key={mail.id}>
          <button type="button" aria-current={mail.id === open?.id} onClick={() => choose(mail.id)}>
            <span className="from">{mail.from.name || mail.from.email}</span>
            <span>{mail.subject}</span>
            <small>{new Date(mail.at).toLocaleString()}{mail.attachments.length > 0 ? ' · attachment' : ''}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** A small mail client: mailboxes, a reading pane and, switchable, the two add-ins beside it. */
export function App({ first, owner }: { first: State; owner: BridgeOwner }): ReactElement {
  const [state, setState] = useState(first)
  const [accounts, setAccounts] = useState<Account[]>([])
  const { mails, reload } = useMails(state.person)
  const mail = useMemo(() => mails?.find((candidate) => candidate.id === state.mail) ?? null, [mails, state.mail])
  const change = useCallback((part: Partial<State>) => {
    if (part.person !== undefined) sitDownAs(part.person, window)
    setState((now) => ({ ...now, ...part }))
  }, [])

  useEffect(() => { void loadAccounts().then(setAccounts, () => undefined) }, [])
  useEffect(() => {
    document.documentElement.dataset['theme'] = state.theme
    window.history.replaceState(null, '', addressOf(state))
  }, [state])
  useEffect(() => owner.tell({ state, mail }), [owner, state, mail])

  return (
    <div className="app">
      <Toolbar state={state} accounts={accounts} change={change} reload={reload} />
      <MailList mails={mails ?? []} open={mail} choose={(id) => change({ mail: id === state.mail ? '' : id })} />
      <ReadingPane mail={mail} />
      <aside className="pane" style={{ width: state.width }} aria-label="Add-in">
        <header><span>Orgdesk</span><span className="soft">{state.host === 'outlook' ? 'Outlook task pane' : 'Gmail sidebar'}</span></header>
        {/* A mail client knows which mail is open before it shows an add-in. */}
        {(mails !== null || state.mail === '') && <iframe key={`${state.host} ${state.person} ${state.lang}`} title="Add-in" sandbox={SANDBOX} src={FRAMES[state.host]} />}
      </aside>
    </div>
  )
}
