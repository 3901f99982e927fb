import { sampleEnv } from '../../../tests/doubles/samples/env'
import { user } from '../../../tests/doubles/samples/records'
import { actionOutcome } from '../action-step'
import { emptyDraft } from '../lifecycle'
import type { ActionRef } from '../vocabulary'

const ref: ActionRef = { action: 'activation.redeem', args: { token: 't' }, label: '', enabled: true }
const redeemed = { organization: 'Acme', plan: 'pro', email: 'ana@acme.example', user: user(), workspaceId: null }

describe('activating leads', () => {
  it.each<[string, object, string]>([
    ['who accepted the invitation to their first workspace', { ...redeemed, workspaceId: 'w-1' }, 'workspace'],
    ['who has no workspace home', redeemed, 'home'],
    ['who activated with a code and is not signed in as that user home', { ...redeemed, user: null, workspaceId: 'w-1' }, 'home'],
  ])('%s', (_who, value, screen) => {
    const effects = actionOutcome(ref, emptyDraft(), sampleEnv(), { ok: true, value })
    expect(effects.find((effect) => effect.do === 'replace')).toMatchObject({ to: { screen } })
  })
})
