/** @jest-environment jsdom */
import { linksOf } from './links'
import { trackingHeaderIn } from './mail'

const wrapped = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent('https://orgdesk.example/activate#abc')}&data=05`

const LINKS: [name: string, html: string, links: string[]][] = [
  ['web addresses only', '<a href="https://a.example/x">a</a><a href="mailto:b@a.example">b</a><a href="javascript:c()">c</a><a href="/d">d</a>', ['https://a.example/x']],
  ['each once, in order', '<a href="https://b.example/">b</a><a href="https://a.example/">a</a><a href="https://b.example/">b</a>', ['https://b.example/', 'https://a.example/']],
  ['what a link scanner replaced, by its mark', '<a href="https://scan.example/?q" originalsrc="https://orgdesk.example/activate#abc">a</a>', ['https://orgdesk.example/activate#abc']],
  ['what a link scanner wrapped', `<a href="${wrapped.replaceAll('&', '&amp;')}">a</a>`, ['https://orgdesk.example/activate#abc']],
  ['nothing of a wrapped script', '<a href="https://x.safelinks.protection.outlook.com/?url=javascript%3Aa()">a</a>', []],
  ['nothing of another host that only sounds like the scanner', '<a href="https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example">a</a>', ['https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example']],
]
for (const [name, html, links] of LINKS) {
  test(`the links of a mail are ${name}`, () => {
    expect(linksOf(html, DOMParser)).toEqual(links)
  })
}

const HEADERS: [name: string, headers: string, value: string | null][] = [
  ['found in any case', 'A: 1\r\nx-orgDesk-message: m1\r\nB: 2', 'm1'],
  ['unfolded', 'X-Orgdesk-Message:\r\n m\r\n 1\r\nB: 2', 'm1'],
  ['not taken from another header', 'Subject: X-Orgdesk-Message: m1\r\nX-Orgdesk-Message-Id: m2', null],
  ['absent where it is empty', 'X-Orgdesk-Message: \r\nB: 2', null],
]
for (const [name, headers, value] of HEADERS) {
  test(`the tracking header is ${name}`, () => {
    expect(trackingHeaderIn(headers)).toBe(value)
  })
}
