import { startChromium, type Chromium } from '../doubles/chromium'
import { demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { barriersOf, faultsOf, photograph } from './checks'
import { startClient, type Client, type View } from './pane'
import { startDemoServer, type DemoServer } from './server'
import { stepsOf } from './steps'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const OWNER = 'owner@acme.example'
const MARIA = 'maria@acme.example'

const RUNS: Pick<View, 'host' | 'lang' | 'theme' | 'width'>[] = [
  { host: 'outlook', lang: 'en', theme: 'light', width: 320 },
  { host: 'gmail', lang: 'fr', theme: 'dark', width: 320 },
]

type Person = { id: string; version: number; license: { plan: string } | null; workspaceIds: string[] }

let chromium: Chromium
beforeAll(async () => { chromium = await startChromium() }, SLOW_MS)
afterAll(() => chromium.close(), SLOW_MS)

describe.each(RUNS)('people, roles and workspaces in $host, $lang, $theme', (run) => {
  const { host } = run
  let server: DemoServer
  let client: Client
  let demo: DemoCalls
  beforeAll(async () => {
    server = await startDemoServer()
    client = await startClient(chromium.browser, server.origin, { ...run, person: OWNER })
    demo = demoCalls(server.origin)
  }, SLOW_MS)
  afterAll(async () => {
    await client.close()
    await server.close()
  }, SLOW_MS)

  const looksRight = async (name: string) => {
    await client.rest()
    await photograph(client, `people-${name}`)
    expect([...await faultsOf(client), ...(host === 'outlook' ? await barriersOf(client) : [])]).toEqual([])
  }
  /** The last button of that name: that of a question stands over the screen's own. */
  const press = (label: string) => stepsOf(client).confirm(label)
  const write = (field: string, text: string) => client.pane.getByLabel(field).first().fill(text)
  const tick = (name: string | RegExp) => client.pane.getByRole('checkbox', { name }).first().check()
  const go = (...places: string[]) => stepsOf(client).go(...places)
  /** Finds somebody in the list of users. */
  const find = async (text: string) => {
    await go(client.t('home.users'))
    await client.fill(client.t('users.search'), text)
    await client.rest()
  }
  const openUser = async (name: string) => {
    await find(name)
    await client.click(new RegExp(`${name}.*@acme`))
    await client.sees(client.t('user.added_on'))
    await client.rest()
  }
  /** One of the actions of a row, from its menu. */
  const act = async (row: string, action: string) => {
    const { t } = client
    await client.pane.getByRole('button', { name: host === 'outlook' ? t('pane.actions_for', { name: row }) : `${t('common.menu')}: ${row}`, exact: true }).click()
    if (host === 'gmail') return press(action)
    await client.pane.getByRole('menuitem', { name: action }).click()
    return client.rest()
  }
  const more = async (action: string) => {
    if (host === 'gmail') return client.click(action)
    await client.click(client.t('common.menu'))
    return client.pane.getByRole('menuitem', { name: action }).click()
  }
  const listOf = async <T>(path: string) => (await demo.call('GET', path, { as: OWNER })).body['items'] as T[]
  const userOf = async (email: string, status = ''): Promise<Person> => {
    const [found] = await listOf<Person>(`/users?q=${email}${status === '' ? '' : `&status=${status}`}`)
    if (found === undefined) throw new Error(`${email} is not in the list`)
    return found
  }
  const add = async (email: string, body: object = {}): Promise<Person> => (await demo.call('POST', '/users', { as: OWNER, body: { email, ...body } })).body as unknown as Person
  const workspaceOf = async (name: string): Promise<string> => (await listOf<{ id: string; name: string }>('/workspaces?limit=200')).find((one) => one.name === name)?.id ?? ''

  test('somebody is added in three steps, with a role, a license and a workspace', async () => {
    const { t } = await client.show({})
    await go(t('home.users'), t('users.add'))
    await write(t('user.email'), 'ada@acme.example')
    await write(t('user.first_name'), 'Ada')
    await write(t('user.last_name'), 'Arnaud')
    await client.choose(t('user.role'), t('role.user_admin'))
    await looksRight('add-person')
    await press(t('common.next'))
    await client.sees('ada@acme.example')
    await client.choose(t('user.license'), t('plan_name.eco'))
    await press(t('common.next'))
    await tick('Legal')
    await looksRight('add-workspaces')
    await press(t('users.invite'))
    await client.wait(t('users.added', { name: 'Ada Arnaud' }))
    expect(await userOf('ada@acme.example')).toMatchObject({ firstName: 'Ada', lastName: 'Arnaud', role: 'user_admin', status: 'pending', license: { plan: 'eco' }, workspaceIds: [await workspaceOf('Legal')] })
  })

  test('two who edit at once are asked whose value stays, and neither overwrites the other', async () => {
    const { t } = client
    client.expectProblems(/status of (409|412)/)
    await openUser('Ada Arnaud')
    await press(t('user.edit'))
    await write(t('user.first_name'), 'Mine')
    await tick('Sales')
    const { id, version } = await userOf('ada@acme.example')
    const [legal, sales, hr] = await Promise.all(['Legal', 'Sales', 'Human resources'].map(workspaceOf))
    expect((await demo.call('PATCH', `/users/${id}`, { as: OWNER, body: { firstName: 'Theirs', lastName: 'Arnauld', workspaceIds: [legal, hr] }, headers: { 'if-match': `"${version}"` } })).status).toBe(200)
    // Outlook hears of it while the person is still typing, Gmail when it saves.
    if (host === 'gmail') await press(t('common.save'))
    await client.sees(new RegExp(t('common.conflict_title')))
    await client.sees(t('common.conflict_mine', { value: 'Mine' }))
    await client.sees(t('common.conflict_theirs', { value: 'Theirs' }))
    // The last name, which nobody touched here, is not asked about.
    expect(await client.pane.getByText(t('common.conflict_theirs', { value: 'Arnauld' })).count()).toBe(0)
    if (host === 'outlook') {
      await client.pane.getByRole('radio', { name: t('common.conflict_theirs', { value: 'Theirs' }) }).check()
      await looksRight('conflict')
    } else await client.pane.getByRole('button', { name: t('common.conflict_keep_theirs') }).first().click()
    await client.rest()
    await press(t('common.save'))
    await client.wait(t('user.was_edited', { name: 'Theirs Arnauld' }))
    expect(new Set((await userOf('ada@acme.example')).workspaceIds)).toEqual(new Set([legal, sales]))
  })

  test('somebody is suspended and restored, removed with what that means, and found among the removed', async () => {
    const { t } = client
    const { id } = await userOf('ada@acme.example')
    const contact = (await demo.call('POST', '/contacts', { as: OWNER, body: { email: `ada-${host}@partner.example`, name: 'Ada’s partner', workspaceId: await workspaceOf('Legal') } })).body
    await demo.call('PATCH', `/contacts/${String(contact['id'])}`, { as: OWNER, body: { assignedTo: id }, headers: { 'if-match': `"${String(contact['version'])}"` } })
    await openUser('Theirs Arnauld')
    await press(t('user.suspend'))
    await client.sees(t('plan.access_suspended', { count: 1 }))
    await press(t('user.suspend'))
    await client.wait(t('user.was_suspended', { name: 'Theirs Arnauld' }))
    expect(await userOf('ada@acme.example')).toMatchObject({ status: 'suspended' })
    await press(t('user.restore'))
    await client.wait(t('user.was_restored', { name: 'Theirs Arnauld' }))
    expect(await userOf('ada@acme.example')).toMatchObject({ status: 'pending' })
    await press(t('user.remove'))
    for (const consequence of [t('plan.title_for', { name: 'Theirs Arnauld' }), t('plan.license_still_billed', { count: 1, plan: t('plan_name.eco') }), t('plan.workspaces_left', { count: 2 }), t('plan.contacts_unassigned', { count: 1 }), t('plan.restorable_until', { days: 30 })]) await client.sees(consequence)
    await looksRight('remove')
    await press(t('user.remove'))
    await client.wait(t('user.was_removed', { name: 'Theirs Arnauld' }))
    await looksRight('removed')
    await go(t('home.users'))
    await more(t('users.show_removed'))
    await client.sees(t('users.removed_title'))
    await looksRight('removed-list')
    await act('Theirs Arnauld', t('user.restore'))
    await client.sees(t('plan.contacts_not_returned', { count: 1 }))
    await looksRight('restore')
    await press(t('user.restore'))
    await client.wait(t('user.was_restored', { name: 'Theirs Arnauld' }))
    expect(await userOf('ada@acme.example')).toMatchObject({ status: 'pending', license: { plan: 'eco' } })
  })

  test('many get a license at once: each who can’t is named with the reason, one’s own row is left out', async () => {
    const { t } = client
    for (const n of [1, 2]) await add(`bulk${n}@acme.example`, { firstName: `Bulk${n}`, lastName: 'Owens', ...(n === 2 ? { plan: 'eco' } : {}) })
    await find('Owens')
    await client.sees('Bulk1 Owens')
    if (host === 'gmail') await press(t('common.select'))
    else await client.pane.getByRole('checkbox', { name: /Olive Owens/ }).click({ force: true })
    await client.sees(t('access.own_row'))
    for (const n of [1, 2]) await tick(new RegExp(`Bulk${n} Owens`))
    await press(t('license.assign'))
    await client.sees(t('users.bulk_for', { count: 2 }))
    await client.choose(t('user.license'), t('plan_name.pro'))
    await press(t('license.assign'))
    await client.sees(t('plan.license_assigned', { count: 1, plan: t('plan_name.pro') }))
    await client.sees(t('user.already_licensed'))
    await looksRight('bulk-plan')
    await press(t('license.assign'))
    await client.wait(t('users.bulk_done', { count: 1 }))
    expect([(await userOf('bulk1@acme.example')).license?.plan, (await userOf('bulk2@acme.example')).license?.plan]).toEqual(['pro', 'eco'])
  })

  test('somebody who leaves hands on the license and the contacts first', async () => {
    const { t } = client
    const heir = await add('heir@acme.example', { firstName: 'Hedy', lastName: 'Heir', workspaceIds: [await workspaceOf('Legal')] })
    await openUser('Theirs Arnauld')
    await press(t('user.leave'))
    await write(t('user.license_to'), 'heir@acme.example')
    await write(t('user.contacts_to'), 'heir@acme.example')
    await looksRight('leave')
    await press(t('user.leave'))
    await client.sees(t('plan.license_transferred', { plan: t('plan_name.eco'), name: 'Hedy Heir' }))
    await looksRight('leave-plan')
    await press(t('user.leave'))
    await client.wait(t('user.was_removed', { name: 'Theirs Arnauld' }))
    expect(await userOf('heir@acme.example')).toMatchObject({ id: heir.id, license: { plan: 'eco' } })
    expect(await userOf('ada@acme.example', 'removed')).toMatchObject({ status: 'removed' })
  })

  test('a role of one’s own counts from the next request on, and stays while somebody has it', async () => {
    const { t } = client
    const asMaria = async () => (await demo.call('GET', '/users', { as: MARIA })).status
    expect(await asMaria()).toBe(403)
    await go(t('home.roles'), t('roles.add'))
    await write(t('common.name'), 'Front desk')
    await tick(t('permission.users.view'))
    await press(t('roles.add'))
    await client.wait(t('roles.was_added', { name: 'Front desk' }))
    await openUser('Maria Marceau')
    await press(t('user.edit'))
    await client.choose(t('user.role'), 'Front desk')
    await press(t('common.save'))
    await client.wait(t('user.was_edited', { name: 'Maria Marceau' }))
    expect(await asMaria()).toBe(200)
    await go(t('home.roles'), 'Front desk')
    await client.sees(t('roles.in_use_by', { count: 1 }))
    await looksRight('role-in-use')
    await client.pane.getByRole('checkbox', { name: t('permission.users.view') }).uncheck()
    await tick(t('permission.workspaces.view'))
    await press(t('common.save'))
    await client.wait(t('roles.was_saved', { name: 'Front desk' }))
    expect(await asMaria()).toBe(403)
    const { id, version } = await userOf(MARIA)
    await demo.call('PATCH', `/users/${id}`, { as: OWNER, body: { role: 'member' }, headers: { 'if-match': `"${version}"` } })
    await client.show({})
    await go(t('home.roles'), 'Front desk')
    await press(t('roles.remove'))
    await client.sees(t('roles.remove_question', { name: 'Front desk' }))
    await press(t('roles.remove'))
    await client.wait(t('roles.was_removed', { name: 'Front desk' }))
  })

  test('a workspace gets a member and a contact of theirs', async () => {
    const { t } = client
    await go(t('home.workspaces'))
    if (host === 'gmail') await client.pane.locator('section').filter({ hasText: t('workspaces.add') }).locator('.g-more').first().click()
    else await client.pane.getByText(t('workspaces.add'), { exact: true }).first().click()
    await write(t('common.name'), 'Research')
    await press(t('workspaces.add'))
    await client.wait(t('workspaces.was_added', { name: 'Research' }))
    await client.click(t('workspaces.add_members'))
    await client.fill(t('users.search'), 'Hedy')
    await client.sees('Hedy Heir')
    await client.rest()
    await act('Hedy Heir', t('workspaces.add_member'))
    await client.wait(t('workspaces.has_joined', { name: 'Hedy Heir', workspace: 'Research' }))
    await go(t('home.workspaces'), 'Research', t('contacts.add'))
    await write(t('common.email'), 'lab@partner.example')
    await write(t('common.name'), 'The lab')
    await press(t('contacts.save'))
    await client.wait(t('contacts.was_saved', { name: 'The lab', workspace: 'Research' }))
    await looksRight('contact')
    await act('Hedy Heir', t('contacts.assign'))
    await client.wait(t('contacts.was_assigned', { name: 'The lab', to: 'Hedy Heir' }))
    expect(await listOf('/contacts?q=lab@partner.example')).toMatchObject([{ workspaceName: 'Research', assignedTo: { email: 'heir@acme.example' } }])
    await go(t('home.workspaces'), 'Research')
    await looksRight('workspace')
  })

  test('of the open mail the sender becomes a contact, and the others users, with the plan first', async () => {
    const people = [{ email: 'sender@partner.example', name: 'Sasha Sender', part: 'from' }, { email: OWNER, name: '', part: 'to' }, { email: 'jo@acme.example', name: 'Jo Joly', part: 'cc' }, { email: 'kim@acme.example', name: 'Kim Kern', part: 'cc' }]
    const mail = { id: 'extra', at: new Date().toISOString(), people, subject: 'Kick-off', text: 'Hello', html: '', messageId: '<kick-off@partner.example>', headers: [], attachments: [] }
    await client.page.route('**/demo/mailbox/**', async (route) => {
      const { items } = await (await route.fetch()).json() as { items: unknown[] }
      await route.fulfill({ json: { items: [mail, ...items] } })
    })
    const { t } = await client.show({})
    await client.openMail('Kick-off')
    await client.sees('Sasha Sender')
    await looksRight('mail')
    await act('Sasha Sender', t('mail.save_contact'))
    await client.choose(t('workspaces.one'), 'Research')
    await press(t('contacts.save'))
    await client.wait(t('contacts.was_saved', { name: 'Sasha Sender', workspace: 'Research' }))
    await client.show({})
    await client.openMail('Kick-off')
    await client.sees(t('contacts.known_in', { workspace: 'Research' }))
    await press(t('users.add_these'))
    await client.pane.getByRole('checkbox', { name: /Kim Kern/ }).uncheck()
    await looksRight('add-these')
    await press(t('users.add_these'))
    await client.sees(t('plan.user_invited', { email: 'jo@acme.example' }))
    await looksRight('add-these-plan')
    expect(await listOf('/users?q=jo@acme.example')).toEqual([])
    await press(t('users.add_these'))
    await client.wait(t('users.added_many', { count: 1 }))
    await looksRight('these-added')
    expect(await userOf('jo@acme.example')).toMatchObject({ status: 'pending', firstName: 'Jo', lastName: 'Joly' })
    expect(await listOf('/users?q=kim@acme.example')).toEqual([])
  })
})
