import { addressesIn } from './addresses'

describe('the people of an address header', () => {
  it.each([
    ['ann@a.example', [{ email: 'ann@a.example', name: '' }]],
    ['Ann <ann@a.example>', [{ email: 'ann@a.example', name: 'Ann' }]],
    ['"Doe, Ann" <ann@a.example>, bob@b.example', [{ email: 'ann@a.example', name: 'Doe, Ann' }, { email: 'bob@b.example', name: '' }]],
    ['"Ann \\"A\\" Doe" <ann@a.example>', [{ email: 'ann@a.example', name: 'Ann "A" Doe' }]],
    ['"a,b"@a.example, Bob <bob@b.example>', [{ email: '"a,b"@a.example', name: '' }, { email: 'bob@b.example', name: 'Bob' }]],
    ['bob@b.example (Bob, at home)', [{ email: 'bob@b.example', name: 'Bob, at home' }]],
    ['Team: ann@a.example, Bob <bob@b.example>;', [{ email: 'ann@a.example', name: '' }, { email: 'bob@b.example', name: 'Bob' }]],
    ['undisclosed-recipients:;', []],
    ['Zoë Ñandú <zoe@a.example>', [{ email: 'zoe@a.example', name: 'Zoë Ñandú' }]],
    [' , ,', []],
    ['', []],
    ['<ann@a.example>', [{ email: 'ann@a.example', name: '' }]],
  ])('are read from %s', (header, people) => {
    expect(addressesIn(header)).toEqual(people)
  })

  it('are read in good time from a header made to be slow', () => {
    expect(addressesIn(`${'"'.repeat(20_000)}<`).length).toBeLessThan(20_000)
    expect(addressesIn(`${'('.repeat(20_000)}ann@a.example`)).toHaveLength(1)
  })
})
