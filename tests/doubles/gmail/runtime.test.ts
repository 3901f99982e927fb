import type { Card } from '../../../gmail-addon/cards/card'
import { evaluateInFunction } from './evaluate-function'
import { MAIL, MANIFEST, openBundle } from './hand-made'
import type { GmailSettings } from './runtime'
import { evaluateInVm } from './runtime.node'
import { Breach } from './strict'

const names = (cards: Card[]): unknown[] => cards.map((card) => card.name)

describe.each([['a bare context of Node', evaluateInVm], ['a function, as in a browser', evaluateInFunction]])('the bundle runs in %s', (_where, evaluate) => {
  it('and shows its homepage', () => {
    const gmail = openBundle({ noop: 'return answer().build()' }, { evaluate, locale: 'fr' })
    expect(gmail.card().sections[0]?.widgets[0]).toEqual({ textParagraph: { text: 'Hello fr' } })
    expect(gmail.click('noop')).toEqual({ missing: [], notification: null, link: null })
  })

  it.each(['fetch', 'setTimeout', 'URL', 'TextEncoder', 'process', 'crypto', 'require', 'document', 'Buffer'].filter((name) => evaluate === evaluateInVm || name !== 'Buffer'))('without %s', (name) => {
    expect(openBundle({ ask: `return say(typeof ${name})` }, { evaluate }).click('ask').notification).toBe('undefined')
  })

  it('anew each time, so that nothing stays in a variable', () => {
    const gmail = openBundle({ count: 'ACTIONS.n = (ACTIONS.n || 0) + 1; return say(String(ACTIONS.n))' }, { evaluate })
    expect([gmail.click('count').notification, gmail.click('count').notification]).toEqual(['1', '1'])
  })
})

describe('cards are a stack', () => {
  const ACTIONS = {
    push: "return go((n) => n.pushCard(card('second', text('2'), buttons)))",
    pop: 'return go((n) => n.popCard())',
    root: 'return go((n) => n.popToRoot())',
    home: "return go((n) => n.popToNamedCard('home'))",
    ghost: "return go((n) => n.popToNamedCard('ghost'))",
    update: "return go((n) => n.updateCard(card('changed', text('3'), buttons)))",
    replace: "return go((n) => n.popCard().pushCard(card('other', text('4'))))",
  }

  it.each([
    [['push'], ['home', 'second']],
    [['push', 'push'], ['home', 'second', 'second']],
    [['push', 'pop'], ['home']],
    [['push', 'push', 'root'], ['home']],
    [['push', 'push', 'home'], ['home']],
    [['push', 'update'], ['home', 'changed']],
    [['push', 'replace'], ['home', 'other']],
  ])('%j leaves %j', (clicks, left) => {
    const gmail = openBundle(ACTIONS)
    for (const label of clicks) gmail.click(label)
    expect(names(gmail.stack())).toEqual(left)
  })

  it('that never becomes empty and knows its names', () => {
    expect(() => openBundle(ACTIONS).click('pop')).toThrow(Breach)
    expect(() => openBundle(ACTIONS).click('ghost')).toThrow('no card is named ghost')
    expect(() => openBundle(ACTIONS).back()).toThrow(Breach)
  })

  it('whose root is asked for again when its data changed', () => {
    const gmail = openBundle({ push: ACTIONS.push, save: 'CacheService.getUserCache().put("saved", "1"); return answer().setStateChanged(true).build()' })
    gmail.click('push')
    gmail.click('save')
    const before = gmail.executions.length
    expect(gmail.back().name).toBe('home')
    expect(gmail.executions.length).toBe(before + 1)
  })
})

describe('what was typed reaches the action', () => {
  const FORM = "card('form', S.newTextInput().setFieldName('q').setTitle('Q').setValue('start').setSuggestionsAction(action('suggest'))," +
    "S.newSelectionInput().setFieldName('roles').setTitle('R').setType(S.SelectionInputType.CHECK_BOX).addItem('A','a',true).addItem('B','b',false)," +
    "S.newDatePicker().setFieldName('day').setTitle('D').setValueInMsSinceEpoch('0')," +
    "S.newTimePicker().setFieldName('at').setTitle('T')," +
    "S.newDecoratedText().setText('Mail').setSwitchControl(S.newSwitch().setFieldName('mail').setValue('on').setOnChangeAction(action('changed')))," +
    "S.newButtonSet().addButton(button('send', action('send'))).addButton(button('strict', action('send').addRequiredWidget('at'))).addButton(button('keep', action('again').setPersistValues(true))).addButton(button('drop', action('again'))))"
  const ACTIONS = {
    form: `return go((n) => n.pushCard(${FORM}))`,
    again: `return go((n) => n.updateCard(${FORM}))`,
    send: 'return say(JSON.stringify(e.commonEventObject.formInputs))',
    changed: "return say('changed')",
    suggest: "return S.newSuggestionsResponseBuilder().setSuggestions(S.newSuggestions().addSuggestion(e.commonEventObject.formInputs.q.stringInputs.value[0] + '!')).build()",
  }
  const form = (more: Partial<GmailSettings> = {}) => {
    const gmail = openBundle(ACTIONS, more)
    gmail.click('form')
    return gmail
  }
  const sent = (notification: string | null): unknown => JSON.parse(notification ?? 'null')

  it('as Gmail sends it: what is empty is absent', () => {
    expect(sent(form().click('send').notification)).toEqual({ q: { stringInputs: { value: ['start'] } }, roles: { stringInputs: { value: ['a'] } }, day: { dateInput: { msSinceEpoch: 0 } } })
    expect(sent(form().click('send', { q: '', roles: ['a', 'b'], day: '1970-01-02', at: '09:30', mail: 'on' }).notification)).toEqual({
      roles: { stringInputs: { value: ['a', 'b'] } }, day: { dateInput: { msSinceEpoch: 86_400_000 } }, at: { timeInput: { hours: 9, minutes: 30 } }, mail: { stringInputs: { value: ['on'] } },
    })
  })

  it('or below the empty key, as the older runtime does', () => {
    expect(sent(form({ inputsBelowEmptyKey: true }).click('send').notification)).toMatchObject({ q: { '': { stringInputs: { value: ['start'] } } } })
  })

  it('not before the required inputs are filled', () => {
    const gmail = form()
    expect(gmail.click('strict')).toEqual({ missing: ['at'], notification: null, link: null })
    expect(gmail.click('strict', { at: '10:00' }).missing).toEqual([])
  })

  it('at once where the input has an action of its own', () => {
    expect(form().type('mail', 'on').notification).toBe('changed')
    expect(form().type('q', 'x').notification).toBeNull()
    expect(form().type('mail', 'on', { q: 'x' }).notification).toBe('changed')
    expect(form().suggest('q', 'Bern')).toEqual(['Bern!'])
    expect(() => form().type('ghost', 'x')).toThrow('no input is named ghost')
  })

  it('and survives a redraw only when the action says so', () => {
    const kept = form()
    kept.click('keep', { q: 'typed' })
    expect(kept.values()['q']).toEqual(['typed'])
    const dropped = form()
    dropped.click('drop', { q: 'typed' })
    expect(dropped.values()['q']).toEqual(['start'])
  })
})

describe('the open mail is read as far as it was granted', () => {
  const READ = "GmailApp.setCurrentMessageAccessToken(e.gmail.accessToken); const m = GmailApp.getMessageById(e.gmail.messageId);"
  const ACTIONS = {
    read: `${READ} return say([m.getFrom(), m.getTo(), m.getCc(), m.getPlainBody(), m.getHeader('x-orgdesk-message'), m.getAttachments()[0].getBytes()].join('|'))`,
    rude: 'GmailApp.getMessageById(e.gmail.messageId); return answer().build()',
    other: "GmailApp.setCurrentMessageAccessToken(e.gmail.accessToken); GmailApp.getMessageById('m2'); return answer().build()",
  }
  const beside = (denied: string[] = []) => {
    const gmail = openBundle(ACTIONS, { denied })
    gmail.openMail(MAIL)
    return gmail
  }
  const [, action = '', readonly = ''] = MANIFEST.oauthScopes

  it('with its people, text, headers and bytes', () => {
    expect(beside().click('read').notification).toBe('Ann <ann@a.example>|bob@b.example||Hi|M-1|104,-1')
  })

  it('after a click when only the action was granted, and never without', () => {
    expect(beside([readonly]).click('read').notification).toMatch(/^Ann/)
    expect(() => beside([readonly, action]).click('read')).toThrow('not granted')
  })

  it('never without its token, and never another one', () => {
    expect(() => beside().click('rude')).toThrow(Breach)
    expect(() => beside().click('other')).toThrow('Access denied')
  })
})

describe('the rest of Gmail', () => {
  it('opens links of the manifest only, and the add-on’s own menu', () => {
    const gmail = openBundle({ a: '' })
    expect(gmail.openUniversal('Help').link).toBe('https://orgdesk.example/help')
    expect(gmail.links).toEqual(['https://orgdesk.example/help'])
    expect(() => gmail.click({ openLink: { url: 'https://other.example/' } })).toThrow(Breach)
  })

  it('says which labels there are when one is unknown', () => {
    expect(() => openBundle({ a: '', b: '' }).click('c')).toThrow('0 things are called c, among a, b')
  })

  it('fails when the manifest names a function that the bundle lacks', () => {
    const manifest = { ...MANIFEST, addOns: { ...MANIFEST.addOns, gmail: { contextualTriggers: [{ onTriggerFunction: 'onGhost' }] } } }
    expect(() => openBundle({ a: '' }, { manifest }).openMail(MAIL)).toThrow('onGhost is no global')
  })
})
