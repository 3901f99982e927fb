import { isConclusive, judgeRecords, type LookOutcome } from './domains.check'
import { CHECK_OUTCOMES, type CheckOutcome } from './domains.model'

const VALUE = 'orgdesk=0123456789abcdef'

describe('found against expected', () => {
  it.each<[string, string[], string[], LookOutcome, CheckOutcome]>([
    ['the value alone', [VALUE], [], 'answered', 'verified'],
    ['the value with blanks around it', [` ${VALUE} `], [], 'answered', 'verified'],
    ['the value beside that of somebody else', ['orgdesk=other', VALUE], [], 'answered', 'verified'],
    ['the value, though the domain itself did not answer', [VALUE], [], 'timed_out', 'verified'],
    ['nothing', [], [], 'answered', 'not_found'],
    ['nothing but other records at the domain itself', [], ['v=spf1 -all'], 'answered', 'not_found'],
    ['another value', ['orgdesk=other'], [], 'answered', 'wrong_value'],
    ['what a wildcard answers', ['v=spf1 -all'], ['v=spf1 -all'], 'answered', 'wrong_value'],
    ['part of the value', [VALUE.slice(0, -1)], [], 'answered', 'wrong_value'],
    ['the value in capitals', [VALUE.toUpperCase()], [], 'answered', 'wrong_value'],
    ['two wrong values', ['orgdesk=a', 'orgdesk=b'], [], 'answered', 'several_values'],
    ['quotes included', [`"${VALUE}"`], [], 'answered', 'quoted_value'],
    ['escaped quotes included', [`\\"${VALUE}\\"`], [], 'answered', 'quoted_value'],
    ['typographic quotes included', [`“${VALUE}”`], [], 'answered', 'quoted_value'],
    ['the value at the domain itself', [], [VALUE, 'v=spf1 -all'], 'answered', 'wrong_host'],
    ['the value in quotes at the domain itself', ['v=spf1 -all'], [`"${VALUE}"`], 'answered', 'wrong_host'],
    ['no domain at all', [], [], 'no_such_domain', 'no_such_domain'],
    ['an error', [], [], 'server_failed', 'server_failed'],
    ['no answer in time', [], [], 'timed_out', 'timed_out'],
    ['no answer in time, though something is at the domain itself', [], [VALUE], 'timed_out', 'timed_out'],
  ])('%s: %j, elsewhere %j (%s) → %s', (_what, atHost, elsewhere, dns, outcome) => expect(judgeRecords(VALUE, atHost, elsewhere, dns)).toBe(outcome))

  it('learns nothing from errors and silence, and something from everything else', () => {
    expect(CHECK_OUTCOMES.filter((outcome) => !isConclusive(outcome))).toEqual(['server_failed', 'timed_out'])
  })
})
