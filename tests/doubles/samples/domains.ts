import type { Domain } from '../../../shared/domains/domains.model'

/** A domain as the server would answer it. */
export const domain = (part: Partial<Domain> = {}): Domain => ({
  id: 'd-1', version: 2, name: 'acme.example', unicodeName: 'acme.example', status: 'pending', record: { host: '_orgdesk-challenge.acme.example', type: 'TXT', value: 'orgdesk=0123456789abcdef0123456789abcdef' },
  lastCheck: { at: '2026-03-02T09:00:00.000Z', outcome: 'wrong_host', found: [{ host: 'acme.example', value: 'orgdesk=0123456789abcdef0123456789abcdef' }, { host: 'acme.example', value: 'v=spf1 -all' }] },
  nextCheckAt: '2026-03-02T12:00:00.000Z', expiresAt: '2026-03-08T09:00:00.000Z', reason: null, warning: null, mixedScripts: false, coveredBy: null, children: [], noticeEndsAt: null, users: 12,
  createdAt: '2026-03-01T09:00:00.000Z', approvedAt: null, abilities: { 'domain.check': true, 'domain.remove': true }, ...part,
})

/** One domain in each situation that a screen tells apart. */
export const DOMAINS: readonly Domain[] = [
  domain(),
  domain({ id: 'd-2', name: 'xn--bcher-kva.example', unicodeName: 'bücher.example', status: 'approved', approvedAt: '2026-02-01T09:00:00.000Z', expiresAt: null, children: ['eu.bücher.example'], lastCheck: { at: '2026-03-02T09:00:00.000Z', outcome: 'verified', found: [] } }),
  domain({ id: 'd-3', status: 'approved', warning: 'record_missing', approvedAt: '2026-02-01T09:00:00.000Z', expiresAt: null }),
  domain({ id: 'd-4', status: 'approved', warning: 'contested', noticeEndsAt: '2026-03-05T09:00:00.000Z', approvedAt: '2026-02-01T09:00:00.000Z', expiresAt: null, nextCheckAt: null, lastCheck: null }),
  domain({ id: 'd-5', status: 'contested', noticeEndsAt: '2026-03-05T09:00:00.000Z', expiresAt: null }),
  domain({ id: 'd-6', status: 'failed', nextCheckAt: null, expiresAt: null, lastCheck: { at: '2026-03-02T09:00:00.000Z', outcome: 'not_found', found: [] } }),
  domain({ id: 'd-7', status: 'refused', reason: 'Not yours', nextCheckAt: null, expiresAt: null, abilities: { 'domain.check': 'domain.refused', 'domain.remove': true } }),
  domain({ id: 'd-8', name: 'xn--cme-7cd.example', unicodeName: 'аcme.example', mixedScripts: true, coveredBy: 'example.test', users: 0, lastCheck: null, abilities: { 'domain.check': 'access.denied', 'domain.remove': 'access.denied' } }),
]
