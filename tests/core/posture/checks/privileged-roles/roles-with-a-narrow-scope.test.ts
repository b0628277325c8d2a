import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding, member } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { roleFacts, rolesGiven } from '../../../../build/people.ts'

const id = 'roles-with-a-narrow-scope'
const fine = rolesGiven([holding('u1'), { ...holding('u2'), directoryScopeId: undefined }])
const unit = '/administrativeUnits/11111111-2222-3333-4444-555555555555'

describe(id, () => {
  it('passes while roles apply to the whole tenant', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('names whoever holds a role for a part, and the group rather than its members', () => {
    const given = rolesGiven([{ ...holding('g1', 'group'), directoryScopeId: unit }], { roleGroupMembers: [member('g1', 'u3')] })
    expect(outcome(id, given)).toMatchObject({ verdict: 'warn', values: { count: 1 } })
    expect(objectsOf(outcome(id, given))).toEqual(['g1'])
    expect(sentences(id, given)[2]).toBe(`Holds Global Administrator for a part of the tenant, such as ${unit}.`)
  })

  unknownWithout(id, fine, roleFacts)
})
