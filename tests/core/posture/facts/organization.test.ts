import { describe, expect, it } from '@jest/globals'
import { organization } from '../../../../core/posture/facts/organization.ts'
import { parseRows } from '../../../../core/posture/parse.ts'

const answer = {
  id: 'o',
  displayName: 'Contoso',
  country: 'DE',
  verifiedDomains: [{ name: 'contoso.com', isDefault: true, isInitial: false, type: 'Managed' }],
} as const

describe('organization', () => {
  it('takes the fields in use from an answer of Graph, and parsing again changes nothing', () => {
    const parsed = parseRows(organization, [answer])
    if (!parsed.ok) throw new Error(parsed.detail)
    expect(parsed.rows).toEqual([
      { id: 'o', displayName: 'Contoso', verifiedDomains: [{ name: 'contoso.com', isDefault: true, isInitial: false }] },
    ])
    expect(parseRows(organization, parsed.rows)).toEqual(parsed)
  })

  it.each(['id', 'verifiedDomains'] as const)('refuses a row where %s is missing, null or of another type, and says where', (field) => {
    const without = Object.fromEntries(Object.entries(answer).filter(([name]) => name !== field))
    for (const row of [without, { ...answer, [field]: null }, { ...answer, [field]: 7 }]) {
      expect(parseRows(organization, [row])).toMatchObject({ ok: false, detail: expect.stringContaining(field) })
    }
  })
})
