/** @jest-environment jsdom */
import { createFakeOffice } from '../../tests/doubles/office/fake'
import type { FakeOfficeOptions } from '../../tests/doubles/office/fake'
import { answer, offer, question } from '../../tests/doubles/office/mails'
import { createManualTimer } from '../../tests/doubles/office/timer'
import { FAKE_CALLS } from '../../tests/doubles/office/behaviour'
import type { Behaviours } from '../../tests/doubles/office/behaviour'
import { createHost } from './start'

const open = async (options: FakeOfficeOptions = {}, behaviours: Behaviours = {}) => {
  const fake = createFakeOffice(options)
  fake.behave(behaviours)
  const timer = createManualTimer()
  return { fake, timer, host: await createHost(fake.Office, window, timer) }
}
const turn = () => new Promise<void>((resolve) => { setTimeout(resolve) })

describe('reading the open mail', () => {
  test('a received mail tells its people, its ids, its text, its links and its files', async () => {
    const { fake, host } = await open({ item: offer })
    expect(await host.mail()).toEqual({
      key: 'mail/offer',
      mode: 'read',
      subject: 'The offer',
      people: [
        { email: 'ana@partner.example', name: 'Ana Alves', part: 'from' },
        { email: 'owner@acme.example', name: 'Olivia Owner', part: 'to' },
        { email: 'people@acme.example', name: '', part: 'cc' },
      ],
      internetMessageId: '<offer@partner.example>',
      trackingHeader: 'msg_0001',
      text: 'See https://orgdesk.example/activate#abc',
      links: ['https://orgdesk.example/activate#abc'],
      attachments: [{ id: 'a1', name: 'people.csv', bytes: 23, mediaType: 'text/csv' }],
    })
    expect(fake.violations).toEqual([])
  })

  test('a mail being written tells its recipients and its files', async () => {
    const { fake, host } = await open({ item: answer })
    expect(await host.mail()).toMatchObject({
      mode: 'compose',
      subject: 'Re: The offer',
      people: [{ email: 'ana@partner.example', name: 'Ana Alves', part: 'to' }],
      internetMessageId: null,
      text: 'Thanks',
      links: [],
      attachments: [{ id: 'c1', name: 'new.csv', bytes: 6, mediaType: '' }],
    })
    expect(fake.violations).toEqual([])
  })

  test('no mail and an appointment are no mail', async () => {
    expect(await (await open({ item: null })).host.mail()).toBeNull()
    expect(await (await open({ item: { ...offer, itemType: 'appointment' } })).host.mail()).toBeNull()
  })

  for (const version of ['1.1', '1.3', '1.5', '1.7', '1.8', '1.14', '1.15']) {
    for (const item of [offer, answer]) {
      test(`Mailbox ${version} is asked for nothing newer (${item.mode})`, async () => {
        const { fake, host } = await open({ item, sets: { Mailbox: version } })
        await host.mail()
        await host.readAttachment(item.attachments[0]?.id ?? '')
        await host.compose({ to: [], subject: '', html: '' })
        host.theme()
        await host.dialog('https://orgdesk.example/')
        expect(fake.violations).toEqual([])
      })
    }
  }

  test('a client without internet headers still tells the rest', async () => {
    const { host } = await open({ item: offer, sets: { Mailbox: '1.5' }, platform: 'iOS' })
    expect(await host.mail()).toMatchObject({ key: 'mail/offer', trackingHeader: null, text: offer.text })
  })

  for (const behaviour of ['fails', 'throws', 'silent'] as const) {
    for (const item of [offer, answer]) {
      test(`when every call ${behaviour}, what is known without them is still told (${item.mode})`, async () => {
        const { timer, host } = await open({ item }, Object.fromEntries(FAKE_CALLS.map((call) => [call, behaviour])))
        const reading = host.mail()
        timer.pass(60_000)
        expect(await reading).toMatchObject({ mode: item.mode, text: null, links: null, trackingHeader: null })
      })
    }
  }
})

describe('going from mail to mail', () => {
  test('a slow answer for one mail is never told once another is open', async () => {
    const { fake, host } = await open({ item: offer }, { 'body.getAsync': 'waits' })
    const asked = host.mail()
    await turn()
    fake.behave({ 'body.getAsync': 'answers' })
    fake.open(question)
    fake.release()
    expect((await asked)?.key).toBe('mail/question')
    expect((await host.mail())?.key).toBe('mail/question')
  })

  test('a slow answer is not told when the mail was closed meanwhile', async () => {
    const { fake, host } = await open({ item: offer }, { 'body.getAsync': 'waits' })
    const asked = host.mail()
    await turn()
    fake.open(null)
    fake.release()
    expect(await asked).toBeNull()
  })

  test('readers of the same mail at the same time share one reading', async () => {
    const { fake, host } = await open({ item: offer })
    const [first, second] = await Promise.all([host.mail(), host.mail()])
    expect(first).toBe(second)
    expect(fake.calls.filter(({ call }) => call === 'body.getAsync')).toHaveLength(2)
  })

  test('a listener hears of another mail and of none, until it leaves', async () => {
    const { fake, host } = await open({ item: offer })
    await turn()
    const heard: string[] = []
    const leave = host.onMailChanged(() => heard.push('changed'))
    fake.open(question)
    fake.open(null)
    leave()
    leave()
    fake.open(offer)
    expect(heard).toEqual(['changed', 'changed'])
  })

  test('two mails being written do not share a key', async () => {
    const { fake, host } = await open({ item: answer })
    await turn()
    const first = await host.mail()
    fake.open({ ...answer, subject: 'Another' })
    expect((await host.mail())?.key).not.toBe(first?.key)
  })
})

describe('reading an attachment', () => {
  test('a file comes as its bytes', async () => {
    const { host } = await open({ item: offer })
    const read = await host.readAttachment('a1')
    expect(read.ok && Buffer.from(read.value).toString()).toBe('email\nana@acme.example\n')
  })

  test('a file of a mail being written comes too', async () => {
    const { host } = await open({ item: answer })
    expect(await host.readAttachment('c1')).toMatchObject({ ok: true })
  })

  for (const [what, id] of [['a file in a cloud', 'a3'], ['an attached mail', 'a4'], ['an unknown attachment', 'zz']] as const) {
    test(`${what} is refused`, async () => {
      const { host } = await open({ item: offer })
      expect(await host.readAttachment(id)).toEqual({ ok: false, failure: { code: 'host.refused', issues: [] } })
    })
  }

  test('content that is no base64 is unreadable', async () => {
    const broken = { ...offer, attachments: [{ id: 'x', name: 'x', bytes: 1, mediaType: '', content: '%%%' }] }
    expect(await (await open({ item: broken })).host.readAttachment('x')).toMatchObject({ ok: false, failure: { code: 'file.unreadable' } })
  })

  test('a client that stays silent is a time-out, not a pane that waits', async () => {
    const { host, timer } = await open({ item: offer }, { 'item.getAttachmentContentAsync': 'silent' })
    const reading = host.readAttachment('a1')
    timer.pass(60_000)
    expect(await reading).toMatchObject({ ok: false, failure: { code: 'network.timeout' } })
  })

  test('nothing can be read where no mail is open or the client is too old', async () => {
    for (const options of [{ item: null }, { item: offer, sets: { Mailbox: '1.7' } }]) {
      expect(await (await open(options)).host.readAttachment('a1')).toMatchObject({ ok: false, failure: { code: 'host.refused' } })
    }
  })
})
