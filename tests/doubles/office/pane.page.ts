import { createAuth } from '../../../outlook-addin/auth/auth'
import { readConfig } from '../../../outlook-addin/config'
import { createHost } from '../../../outlook-addin/host/start'
import { createFakeOffice } from './fake'

/** A pane that does nothing but sign in: one button for each question, the answer below. */
const QUESTIONS = ['silent', 'sign-in', 'fresh', 'sign-out'] as const

const start = async (): Promise<void> => {
  const fake = createFakeOffice({ address: 'owner@acme.example', history: window.history })
  const host = await createHost(fake.Office, window, { set: (run, ms) => window.setTimeout(run, ms), clear: (handle) => window.clearTimeout(handle) })
  const config = readConfig(document)
  if (!config) return
  const auth = createAuth(config, host, window)
  const ask = {
    silent: () => auth.token({ interactive: false }),
    'sign-in': () => auth.token({ interactive: true }),
    fresh: () => auth.token({ interactive: false, fresh: true }),
    'sign-out': async () => { await auth.signOut(); return { account: auth.account() } },
  } satisfies Record<(typeof QUESTIONS)[number], () => Promise<object>>
  const answer = document.createElement('output')
  document.body.append(answer, ...QUESTIONS.map((question) => {
    const button = document.createElement('button')
    button.id = question
    button.addEventListener('click', async () => {
      answer.textContent = ''
      answer.textContent = JSON.stringify(await ask[question]())
    })
    return button
  }))
}

void start()
