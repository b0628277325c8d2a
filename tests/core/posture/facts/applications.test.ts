import { describe, expect, it } from '@jest/globals'
import { applications } from '../../../../core/posture/facts/applications.ts'
import { parseRows } from '../../../../core/posture/parse.ts'

const answer = {
  id: 'a',
  appId: 'b',
  displayName: 'Name',
  createdDateTime: '2020-01-01T00:00:00Z',
  passwordCredentials: [
    { keyId: 'k', displayName: null, endDateTime: '2027-01-01T00:00:00.1234567Z', secretText: 'never kept', hint: 'nev' },
  ],
} as const

describe('applications', () => {
  it('takes the fields in use from an answer of Graph, and parsing again changes nothing', () => {
    const parsed = parseRows(applications, [answer])
    if (!parsed.ok) throw new Error(parsed.detail)
    expect(parsed.rows).toEqual([
      {
        id: 'a',
        appId: 'b',
        displayName: 'Name',
        passwordCredentials: [{ keyId: 'k', displayName: null, endDateTime: '2027-01-01T00:00:00.1234567Z' }],
      },
    ])
    expect(parseRows(applications, parsed.rows)).toEqual(parsed)
  })

  it.each(['id', 'appId', 'passwordCredentials'] as const)(
    'refuses a row where %s is missing, null or of another type, and says where',
    (field) => {
      const without = Object.fromEntries(Object.entries(answer).filter(([name]) => name !== field))
      for (const row of [without, { ...answer, [field]: null }, { ...answer, [field]: 7 }]) {
        expect(parseRows(applications, [row])).toMatchObject({ ok: false, detail: expect.stringContaining(field) })
      }
    },
  )
})
