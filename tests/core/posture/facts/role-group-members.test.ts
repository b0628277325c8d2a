import { describe, expect, it } from '@jest/globals'
import { roleGroupMembers } from '../../../../core/posture/facts/role-group-members.ts'
import { parseRows } from '../../../../core/posture/parse.ts'

const answer = {
  '@odata.type': '#microsoft.graph.user',
  id: 'u',
  parentId: 'g',
  displayName: 'Name',
  userPrincipalName: null,
  mail: null,
} as const

describe('role-group-members', () => {
  it('takes the fields in use from an answer of Graph, and parsing again changes nothing', () => {
    const parsed = parseRows(roleGroupMembers, [answer])
    if (!parsed.ok) throw new Error(parsed.detail)
    expect(parsed.rows).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: 'u', parentId: 'g', displayName: 'Name', userPrincipalName: null },
    ])
    expect(parseRows(roleGroupMembers, parsed.rows)).toEqual(parsed)
  })

  it.each(['@odata.type', 'id', 'parentId'] as const)(
    'refuses a row where %s is missing, null or of another type, and says where',
    (field) => {
      const without = Object.fromEntries(Object.entries(answer).filter(([name]) => name !== field))
      for (const row of [without, { ...answer, [field]: null }, { ...answer, [field]: 7 }]) {
        expect(parseRows(roleGroupMembers, [row])).toMatchObject({ ok: false, detail: expect.stringContaining(field) })
      }
    },
  )
})
