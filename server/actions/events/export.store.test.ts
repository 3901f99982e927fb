import { inflateSync } from 'node:zlib'
import { Workbook } from 'exceljs'
import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'
import { addOrganization, changeScope, NOW } from '../../../tests/doubles/store'
import type { Permission } from '../../../shared/access/permissions'
import { parseCsv } from '../../imports/csv'
import type { NewEvent } from '../../store/events.model'
import { newId } from '../../store/ids'

jest.setTimeout(120_000)

let server: TestServer
let acme: string
const ids: Record<string, string> = {}
const WATCHERS: Record<string, Permission[]> = { users: ['logs.view_users'], exporter: ['logs.view_users', 'logs.export'] }
const PAYLOADS = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\uff1d1+1', '\uff0b1', '\uff0d1+1', '\uff20A1', ' =1+1', '"=1+1', '\'"=cmd|\'/C calc\'!A0']
const STARTS_FORMULA = /^[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0]/

beforeAll(async () => { server = await openTestServer() })
beforeEach(async () => {
  await server.store.system((db) => db.deleteFrom('users').execute())
  acme = await addOrganization(server.store, 'Acme')
  ids['owner'] = await addUser(server.store, acme, 'owner@acme.example', { role: 'org_admin', last_active_at: NOW })
  ids['maria'] = await addUser(server.store, acme, 'maria@acme.example')
  for (const [name, permissions] of Object.entries(WATCHERS)) {
    const roleId = newId()
    await server.store.system((db) => db.insertInto('roles').values({ organization_id: acme, id: roleId, name, permissions, created_at: NOW }).execute())
    ids[name] = await addUser(server.store, acme, `${name}@acme.example`, { role: 'custom', custom_role_id: roleId })
  }
  for (const name of Object.keys(ids)) await ask('/v1/me', name)
})
afterAll(() => server.close())

const ask = async (url: string, name = 'owner') => server.app.inject({ url, headers: { authorization: `Bearer ${await server.tokenFor(`${name}@acme.example`)}` } })
const record = (events: NewEvent[]) => server.store.change(changeScope(acme), async ({ record: add }) => {
  events.forEach(add)
  return { ok: true, value: null }
})
const line = (more: Partial<NewEvent> = {}): NewEvent => ({ category: 'activity', kind: 'opened', ofAdmin: false, subjects: [{ id: ids['maria'] ?? null, email: 'maria@acme.example', name: 'Maria' }], target: { type: 'message', id: 'm', label: 'Offer' }, ...more })

function rowsOf(text: string): string[][] {
  const parsed = parseCsv(text.replace(/^\ufeff/, ''), ',', { records: 1e6, cells: 100, length: 1e6 })
  return parsed.ok ? parsed.records : []
}
const sequencesOf = (text: string): number[] => rowsOf(text).map(([sequence]) => Number(sequence)).filter((sequence) => !Number.isNaN(sequence))

test('a file holds what the list shows, oldest first, and its making is in the log', async () => {
  await record([line(), line({ kind: 'signed' }), line({ kind: 'opened', ip: '203.0.113.9' })])
  const reply = await ask('/v1/events/export?format=csv&kind=opened')
  expect(reply.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': "attachment; filename*=UTF-8''log-2026-03-02.csv" })
  const [header, ...rows] = rowsOf(reply.body)
  expect(header).toEqual(['sequence', 'at', 'recorded_at', 'category', 'kind', 'actor_email', 'actor_name', 'subjects', 'target_type', 'target_id', 'target', 'changes', 'ip', 'client'])
  expect(rows.map((cells) => [cells[4], cells[12]])).toEqual([['opened', ''], ['opened', '203.0.113.9']])
  const { items } = (await ask('/v1/events?kind=log.exported')).json()
  expect(items[0]).toMatchObject({ kind: 'log.exported', actor: { id: ids['owner'] }, changes: { kind: { from: null, to: 'opened' }, format: { to: 'csv' } } })
  expect(Number(reply.headers['orgdesk-log-head'])).toBe(items[0].sequence - 1)
})

test('a file that broke off goes on after its last sequence, without a second heading', async () => {
  await record(Array.from({ length: 30 }, () => line()))
  const whole = rowsOf((await ask('/v1/events/export')).body)
  const cut = Number(whole[12]?.[0])
  const rest = rowsOf((await ask(`/v1/events/export?after=${cut}&kind=opened`)).body)
  expect(rest[0]?.[0]).toBe(String(cut + 1))
  expect((await ask(`/v1/events/export?after=${cut}&format=xlsx`)).statusCode).toBe(400)
})

test('twelve write while an exporter reads: every file holds every event up to the head that it declares', async () => {
  const state = { isWriting: true }
  const writers = Promise.all(Array.from({ length: 12 }, async () => {
    for (let round = 0; round < 8; round += 1) await record(Array.from({ length: 1 + (round % 4) }, () => line()))
  })).then(() => { state.isWriting = false })
  let files = 0
  do {
    const reply = await ask('/v1/events/export')
    const head = Number(reply.headers['orgdesk-log-head'])
    expect(sequencesOf(reply.body)).toEqual(Array.from({ length: head }, (_, index) => index + 1))
    files += 1
  } while (state.isWriting)
  await writers
  expect(files).toBeGreaterThan(1)
})

test.each(PAYLOADS.map((payload) => [JSON.stringify(payload), payload]))('%s is text in every column', async (_name, payload) => {
  await record([line({
    actor: { id: null, email: payload, name: payload }, subjects: [{ id: null, email: payload, name: payload }], target: { type: payload, id: payload, label: payload }, ip: payload, client: payload,
    changes: { [payload]: { from: payload, to: payload } },
  })])
  const cells = rowsOf((await ask('/v1/events/export?kind=opened')).body).at(-1) ?? []
  for (const column of [5, 6, 7, 8, 9, 10, 12, 13]) expect(cells[column]).toContain(payload)
  expect(cells.filter((cell) => STARTS_FORMULA.test(cell))).toEqual([])
  const book = new Workbook()
  const { rawPayload } = await ask('/v1/events/export?kind=opened&format=xlsx')
  await book.xlsx.load(Uint8Array.from(rawPayload).buffer)
  const types = new Set<unknown>()
  book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => types.add(cell.type)))
  // Numbers and strings; neither formulas nor anything else.
  expect([...types].every((type) => type === 2 || type === 3)).toBe(true)
})

test('a workbook holds the same lines', async () => {
  await record([line({ target: { type: 'message', id: 'm', label: 'Zoë <&> "𝕏" \u0001' } })])
  const book = new Workbook()
  const reply = await ask('/v1/events/export?format=xlsx&kind=opened')
  await book.xlsx.load(Uint8Array.from(reply.rawPayload).buffer)
  const sheet = book.worksheets[0]
  expect(sheet?.getRow(1).getCell(1).value).toBe('No.')
  expect(JSON.stringify(sheet?.getRow(2).values)).toContain('Zoë <&> \\"𝕏\\" �')
})

test('a PDF holds the same lines, for as many as somebody would print', async () => {
  await record(Array.from({ length: 200 }, () => line()))
  const reply = await ask('/v1/events/export?format=pdf')
  const text = reply.rawPayload.toString('latin1')
  expect(reply.headers['content-type']).toBe('application/pdf')
  expect(text.startsWith('%PDF-')).toBe(true)
  expect(text.trimEnd().endsWith('%%EOF')).toBe(true)
  expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3)
})

/** How many texts stand on the pages of a PDF. */
function countTexts(pdf: Buffer): number {
  const streams = [...pdf.toString('latin1').matchAll(/FlateDecode\n>>\nstream\n([\s\S]*?)\nendstream/g)].map(([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'))
  return streams.flatMap((text) => text.match(/\bTm\n/g) ?? []).length
}

test.each([['Договор Ελληνικά Zoë', 0], ['契約書', 1], ['한국어', 1]])('a PDF says once that it could not print a character: %s', async (label, notices) => {
  await record([line({ kind: 'signed' }), line({ target: { type: 'message', id: 'm', label } })])
  const [plain, other] = [await ask('/v1/events/export?format=pdf&kind=signed'), await ask('/v1/events/export?format=pdf&kind=opened')]
  expect(countTexts(plain.rawPayload)).toBeGreaterThan(5)
  expect(countTexts(other.rawPayload) - countTexts(plain.rawPayload)).toBe(notices)
})

test('before a PDF is asked for it is told how many lines it cannot print, and for other files nothing', async () => {
  await record([line({ target: { type: 'message', id: 'm', label: '契約書' } }), line({ target: { type: 'message', id: 'm', label: '契約 一' } }), line({ target: { type: 'message', id: 'm', label: 'Договор' } }), line({ kind: 'signed', target: { type: 'message', id: 'm', label: '한국어' } })])
  const told = async (format: string, kind: string) => (await server.app.inject({ method: 'POST', url: '/v1/downloads?dry_run=true', headers: { authorization: `Bearer ${await server.tokenFor('owner@acme.example')}` }, payload: { resource: 'events', format, filter: { kind } } })).json().plan.consequences
  expect(await told('pdf', 'opened')).toEqual([{ code: 'plan.pdf_gaps', params: { count: 2 }, tone: 'warning' }])
  expect(await told('csv', 'opened')).toEqual([])
  expect(await told('xlsx', 'opened')).toEqual([])
})

test('a file that its format cannot hold is refused before it begins', async () => {
  await record(Array.from({ length: 10_001 }, () => line()))
  expect((await ask('/v1/events/export?format=pdf&kind=opened')).json()).toMatchObject({ status: 413, code: 'request.too_large', issues: [{ code: 'field.too_many', path: 'format', params: { limit: 10_000 } }] })
  expect((await ask('/v1/events?kind=log.exported')).json().items).toEqual([])
})

describe('who may export what', () => {
  beforeEach(() => record([
    line({ actor: { id: ids['maria'] ?? null, email: 'maria@acme.example', name: 'Maria' }, kind: 'sent' }), line({ subjects: [], kind: 'sent' }),
    line({ actor: { id: ids['owner'] ?? null, email: 'owner@acme.example', name: '' }, subjects: [], kind: 'sent', ofAdmin: true }),
  ]))
  test.each([['owner', '', 200, 3], ['exporter', '', 200, 2], ['users', '', 403, 0], ['maria', '', 200, 1], ['users', 'own', 200, 0]])('%s %s gets %i with %i lines', async (name, which, status, lines) => {
    const reply = await ask(`/v1/events/export?kind=sent${which === 'own' ? `&user=${ids[name]}` : ''}`, name)
    expect(reply.statusCode).toBe(status)
    expect(status === 200 ? sequencesOf(reply.body) : []).toHaveLength(lines)
  })
})

describe('by link', () => {
  const ticketFor = async (body: object, name = 'owner') => {
    const reply = await server.app.inject({ method: 'POST', url: '/v1/downloads', headers: { authorization: `Bearer ${await server.tokenFor(`${name}@acme.example`)}`, 'content-type': 'application/json' }, payload: JSON.stringify(body) })
    return { status: reply.statusCode, body: reply.json() }
  }
  test('the log, with the filter on screen', async () => {
    await record([line(), line({ kind: 'signed' })])
    const { body } = await ticketFor({ resource: 'events', format: 'csv', filter: { kind: 'signed' } })
    const reply = await server.app.inject({ url: body.url })
    expect(rowsOf(reply.body).map((cells) => cells[4])).toEqual(['kind', 'signed'])
    expect((await server.app.inject({ url: body.url })).statusCode).toBe(410)
    expect(server.log()).toContain('/v1/downloads/{ticket}')
    expect(server.log()).not.toContain(body.url.split('/').at(-1))
    expect((await ask('/v1/events?kind=log.exported')).json().items).toHaveLength(1)
  })
  test('messages and users', async () => {
    await server.store.system((db) => db.insertInto('messages').values({ organization_id: acme, id: 'm1', reference: 'R-1', subject: '=1+1', sender_id: ids['maria'] ?? null, sender_email: 'maria@acme.example', sender_key: 'maria@acme.example', sent_at: NOW, status: 'live' }).execute())
    const messages = await ticketFor({ resource: 'messages', format: 'csv', filter: { status: 'live' } })
    expect(rowsOf((await server.app.inject({ url: messages.body.url })).body)[1]?.slice(0, 6)).toEqual(['R-1', NOW.toISOString(), '', '', 'live', "'=1+1"])
    const users = await ticketFor({ resource: 'users', format: 'csv', filter: { q: 'maria' } })
    expect(rowsOf((await server.app.inject({ url: users.body.url })).body).map(([email]) => email)).toEqual(['email', 'maria@acme.example'])
  })
  test('whatever stands in a message, a user or a workspace is text in every column', async () => {
    const workspaces = PAYLOADS.map((name) => ({ organization_id: acme, id: newId(), name: `${name} ${newId()}`, created_at: NOW }))
    await server.store.system((db) => db.insertInto('workspaces').values(workspaces).execute())
    for (const [index, text] of PAYLOADS.entries()) {
      const userId = await addUser(server.store, acme, text, { email_key: `u${index}`, first_name: text, last_name: text, mobile: text })
      await server.store.system(async (db) => {
        await db.insertInto('workspace_members').values({ organization_id: acme, workspace_id: workspaces[index]?.id ?? '', user_id: userId, added_at: NOW }).execute()
        await db.insertInto('messages').values({ organization_id: acme, id: text, reference: text, subject: text, type: text, sender_email: text, sender_key: text, sender_name: text, sent_at: NOW, status: 'live' }).execute()
        await db.insertInto('message_recipients').values({ organization_id: acme, message_id: text, email: text, email_key: text, state: 'sent' }).execute()
      })
    }
    for (const [resource, columns] of [['messages', [0, 5, 6, 7, 11]], ['users', [0, 1, 2, 5, 7]]] as const) {
      const rows = rowsOf((await server.app.inject({ url: (await ticketFor({ resource, format: 'csv' })).body.url })).body).slice(1)
      for (const column of columns) for (const payload of PAYLOADS) expect(rows.filter((cells) => cells[column]?.includes(payload))).not.toEqual([])
      expect(rows.flat().filter((cell) => STARTS_FORMULA.test(cell))).toEqual([])
      const book = new Workbook()
      const { rawPayload } = await server.app.inject({ url: (await ticketFor({ resource, format: 'xlsx' })).body.url })
      await book.xlsx.load(Uint8Array.from(rawPayload).buffer)
      const types = new Set<unknown>()
      book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => types.add(cell.type)))
      expect([...types].filter((type) => type !== 2 && type !== 3)).toEqual([])
    }
  })
  test.each([[{ resource: 'events', format: 'csv', filter: { kind: 'exploded' } }, 400], [{ resource: 'events', format: 'csv', filter: { color: 'red' } }, 400], [{ resource: 'messages', format: 'pdf' }, 400]])('%j is refused by name', async (body, status) => {
    expect((await ticketFor(body)).status).toBe(status)
  })
  test('somebody who may not export gets no link', async () => {
    expect((await ticketFor({ resource: 'events', format: 'csv' }, 'users')).status).toBe(403)
    expect((await ticketFor({ resource: 'users', format: 'csv' }, 'maria')).status).toBe(403)
  })
})
