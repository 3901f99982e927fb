import { openBundle } from './hand-made'
import { Breach } from './strict'
import type { TransportRequest } from './transport'

describe('fetches go out as Apps Script sends them', () => {
  const sent: TransportRequest[][] = []
  const transport = (requests: TransportRequest[]) => {
    sent.push(requests)
    return requests.map(() => ({ status: 418, headers: { 'X-Kind': 'tea' }, body: new TextEncoder().encode('é') }))
  }
  beforeEach(() => void (sent.length = 0))

  it('in one batch, with texts and bytes', () => {
    const gmail = openBundle({ send: `
      const [a, b] = UrlFetchApp.fetchAll([
        { url: 'https://orgdesk.example/v1/me', muteHttpExceptions: true, headers: { Accept: 'application/json' } },
        { url: 'https://orgdesk.example/v1/x', method: 'post', muteHttpExceptions: true, payload: Utilities.newBlob([104, -1], 'text/csv') },
      ]); return say([a.getResponseCode(), a.getContentText(), b.getAllHeaders()['X-Kind'], b.getContent()].join('|'))` }, { transport })
    expect(gmail.click('send').notification).toBe('418|é|tea|-61,-87')
    expect(sent).toEqual([[
      { method: 'GET', url: 'https://orgdesk.example/v1/me', headers: { Accept: 'application/json' }, body: null, timeoutMs: 60_000 },
      { method: 'POST', url: 'https://orgdesk.example/v1/x', headers: { 'Content-Type': 'text/csv' }, body: new Uint8Array([104, 255]), timeoutMs: 60_000 },
    ]])
    expect(gmail.executions.at(-1)?.batches).toEqual([[{ method: 'GET', url: 'https://orgdesk.example/v1/me', status: 418 }, { method: 'POST', url: 'https://orgdesk.example/v1/x', status: 418 }]])
  })

  it.each([
    ['plain http', "UrlFetchApp.fetch('http://orgdesk.example/')", 'not an https address'],
    ['a host that the manifest does not list', "UrlFetchApp.fetch('https://other.example/')", 'urlFetchWhitelist has no'],
    ['an address longer than 2 KB', "UrlFetchApp.fetch('https://orgdesk.example/' + 'x'.repeat(2048))", 'longer than 2 KB'],
    ['an unknown option', "UrlFetchApp.fetch('https://orgdesk.example/', { body: 'x' })", 'no option body'],
    ['an unknown method', "UrlFetchApp.fetch('https://orgdesk.example/', { method: 'head' })", 'no method head'],
    ['a header that Apps Script sets', "UrlFetchApp.fetch('https://orgdesk.example/', { headers: { Host: 'x' } })", 'header Host'],
    ['a header that is no text', "UrlFetchApp.fetch('https://orgdesk.example/', { headers: { a: 1 } })", 'header a is no text'],
    ['bytes that are no blob', "UrlFetchApp.fetch('https://orgdesk.example/', { method: 'post', payload: [1] })", 'a text or a blob'],
    ['unsigned bytes', "Utilities.newBlob([200])", 'from -128 to 127'],
  ])('but not %s, even where the bundle catches it', (_what, source, said) => {
    const gmail = openBundle({ send: `try { ${source} } catch (error) {} return answer().build()` }, { transport })
    expect(() => gmail.click('send')).toThrow(Breach)
    expect(() => gmail.click('send')).toThrow(said)
    expect(sent).toEqual([])
  })

  it('and an unmuted error status is an exception', () => {
    expect(() => openBundle({ send: "UrlFetchApp.fetch('https://orgdesk.example/'); return answer().build()" }, { transport }).click('send')).toThrow('returned code 418')
  })
})

describe('Apps Script has limits', () => {
  it.each([
    ['a cached value over 100 KB', "CacheService.getUserCache().put('k', 'x'.repeat(102401), 60)", '100 KB'],
    ['a cached value for more than 6 hours', "CacheService.getUserCache().put('k', 'x', 21601)", '6 hours'],
    ['a cached object', "CacheService.getUserCache().put('k', {}, 60)", 'keeps texts'],
    ['a key over 250 characters', "CacheService.getUserCache().get('k'.repeat(251))", '250'],
    ['a property over 9 KB', "PropertiesService.getUserProperties().setProperty('k', 'x'.repeat(9217))", '9 KB'],
    ['the OAuth token', 'ScriptApp.getOAuthToken()', 'OAuth token'],
    ['a member that does not exist', 'CacheService.getMyCache()', 'CacheService has no getMyCache'],
    ['a member that is written', 'CardService.mine = 1', 'not yours to set'],
    ['an action that no function answers', "card('x', S.newButtonSet().addButton(button('b', S.newAction().setFunctionName('onGhost'))))", 'onGhost is no global'],
    ['a link that the manifest does not list', "card('x', S.newButtonSet().addButton(S.newTextButton().setText('b').setOpenLink(S.newOpenLink().setUrl('https://other.example/'))))", 'openLinkUrlPrefixes has no'],
    ['a hundred and one widgets', "card('x', ...Array.from({ length: 101 }, () => S.newDivider()))", 'more than 100'],
  ])('and refuses %s', (_what, source, said) => {
    const gmail = openBundle({ act: `try { ${source} } catch (error) {} return answer().build()` })
    expect(() => gmail.click('act')).toThrow(said)
  })

  it.each([
    ['a card instead of an answer', "return card('x', text('x'))", 'answers a click with an ActionResponse'],
    ['a promise', 'return Promise.resolve(answer().build())', 'not with a promise'],
    ['nothing', '', 'not with undefined'],
    ['JSON', 'return { renderActions: {} }', 'answers with cards or a response'],
    ['a link elsewhere', "return answer().setOpenLink(S.newOpenLink().setUrl('https://other.example/')).build()", 'openLinkUrlPrefixes has no'],
  ])('a click is not answered with %s', (_what, source, said) => {
    expect(() => openBundle({ act: source }).click('act')).toThrow(said)
  })

  it('an execution ends after 30 seconds', () => {
    expect(openBundle({ act: 'Utilities.sleep(29000); return answer().build()' }).click('act').missing).toEqual([])
    expect(() => openBundle({ act: 'Utilities.sleep(31000); return answer().build()' }).click('act')).toThrow('30 s')
    let clockMs = 0
    const slow = (requests: TransportRequest[]) => {
      clockMs += 31_000
      return requests.map(() => ({ status: 200, headers: {}, body: new Uint8Array() }))
    }
    const gmail = openBundle({ act: "UrlFetchApp.fetch('https://orgdesk.example/'); return answer().build()" }, { transport: slow, nowMs: () => clockMs })
    expect(() => gmail.click('act')).toThrow('30 s')
  })

  it('a cached value is forgotten in time, a property is not', () => {
    let clockMs = 0
    const gmail = openBundle({
      put: "CacheService.getUserCache().put('k', 'cached', 60); PropertiesService.getUserProperties().setProperty('k', 'kept'); return answer().build()",
      get: "return say(CacheService.getUserCache().get('k') + '|' + PropertiesService.getUserProperties().getProperty('k'))",
    }, { nowMs: () => clockMs })
    gmail.click('put')
    expect(gmail.click('get').notification).toBe('cached|kept')
    clockMs = 61_000
    expect(gmail.click('get').notification).toBe('null|kept')
  })

  it('and the identity token needs its scope', () => {
    const ask = { ask: 'return say(String(ScriptApp.getIdentityToken()))' }
    expect(openBundle(ask, { identityToken: () => 'signed' }).click('ask').notification).toBe('signed')
    expect(openBundle(ask, { identityToken: () => 'signed', denied: ['openid'] }).click('ask').notification).toBe('null')
  })
})
