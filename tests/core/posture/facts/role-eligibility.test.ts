import { describe, expect, it } from '@jest/globals'
import { roleEligibility } from '../../../../core/posture/facts/role-eligibility.ts'
import { parseRows } from '../../../../core/posture/parse.ts'

const answer = {
  id: 'r',
  principalId: 'p',
  roleDefinitionId: 'd',
  directoryScopeId: '/',
  principal: { '@odata.type': '#microsoft.graph.user', displayName: 'Name', userPrincipalName: 'n@contoso.com', mail: 'n@contoso.com' },
} as const

describe('role-eligibility', () => {
  it('takes the fields in use from an answer of Graph, and parsing again changes nothing', () => {
    const parsed = parseRows(roleEligibility, [answer])
    if (!parsed.ok) throw new Error(parsed.detail)
    expect(parsed.rows).toEqual([
      {
        id: 'r',
        principalId: 'p',
        roleDefinitionId: 'd',
        principal: { '@odata.type': '#microsoft.graph.user', displayName: 'Name', userPrincipalName: 'n@contoso.com' },
      },
    ])
    expect(parseRows(roleEligibility, parsed.rows)).toEqual(parsed)
  })

  it.each(['id', 'principalId', 'roleDefinitionId'] as const)(
    'refuses a row where %s is missing, null or of another type, and says where',
    (field) => {
      const without = Object.fromEntries(Object.entries(answer).filter(([name]) => name !== field))
      for (const row of [without, { ...answer, [field]: null }, { ...answer, [field]: 7 }]) {
        expect(parseRows(roleEligibility, [row])).toMatchObject({ ok: false, detail: expect.stringContaining(field) })
      }
    },
  )
})
