import { describe, expect, it } from '@jest/globals'
import { registered } from '../../../../build/applications.ts'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { outcome } from '../../../../build/judged.ts'

const id = 'redirect-hosts-still-ours'
const returning = (...redirectUris: string[]) => ({
  applications: [
    registered('a', { web: null, publicClient: { redirectUris: ['myapp://auth', 'http://localhost'] }, spa: { redirectUris } }),
  ],
})

describe(id, () => {
  it('passes where no sign-in returns to the internet', () => {
    expect(outcome(id, returning('http://127.0.0.1:8080/x', 'https://[::1]/x'))).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('lists each host once for a person to look up', () => {
    const given = returning('https://b.contoso.com/1', 'https://B.contoso.com:8443/2', 'https://a.contoso.com')
    expect(outcome(id, given)).toEqual({
      verdict: 'manual',
      reason: 'look',
      values: { count: 2, hosts: 'a.contoso.com, b.contoso.com', more: 0 },
    })
    expect(sentences(id, given)[1]).toContain('these 2 hosts must resolve, and to something of yours: a.contoso.com, b.contoso.com.')
    const many = returning(...Array.from({ length: 30 }, (_, index) => `https://h${index}.contoso.com`))
    expect(sentences(id, many)[1]).toMatch(/ and 5 more\.$/)
  })

  unknownWithout(id, returning('https://a.contoso.com'), ['applications'])
})
