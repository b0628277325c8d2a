import { describe, expect, it } from '@jest/globals'
import { domains } from '../../../../core/posture/facts/domains.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('list-domains')

describe('domains', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(domains, rows)).toEqual([
      {
        id: 'contoso.com',
        authenticationType: 'authenticationType-value',
        isVerified: true,
        isRoot: true,
        passwordValidityPeriodInDays: 'notSaid',
      },
    ])
  })

  it.each(['id', 'authenticationType', 'isVerified', 'isRoot'])(
    'refuses a row where %s is missing, null or of another type, and says where',
    (path) => {
      for (const row of spoiled(rows[0], path)) expect(refusal(domains, row)).toContain(path)
    },
  )
})
