import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { customRole, roleFacts, rolesGiven } from '../../../../build/people.ts'

const id = 'custom-roles-without-control'
const strong = customRole('strong', [
  'microsoft.directory/applications/credentials/update',
  'microsoft.directory/applications/standard/read',
])
const mild = customRole('mild', ['microsoft.directory/applications/standard/read'])
const fine = rolesGiven([holding('u1', 'user', 'mild')], { roleDefinitions: [strong, mild] })

describe(id, () => {
  it('passes while nobody holds a custom role that reaches the control of the tenant', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('fails for one that somebody holds', () => {
    const given = rolesGiven([holding('u1', 'user', 'strong'), holding('u2', 'user', 'strong')], { roleDefinitions: [strong, mild] })
    expect(objectsOf(outcome(id, given))).toEqual(['strong'])
    expect(sentences(id, given)[2]).toBe(
      'Held by 2 principals; 1 action reaches the control of the tenant, such as microsoft.directory/applications/credentials/update.',
    )
  })

  it.each([
    ['microsoft.directory/applications/allProperties/update', 'fail'],
    ['microsoft.directory/applications.myOrganization/allProperties/update', 'fail'],
    ['microsoft.directory/applications.myOrganization/credentials/update', 'fail'],
    ['microsoft.directory/servicePrincipals/allProperties/update', 'fail'],
    ['microsoft.directory/applications.myOrganization/standard/read', 'pass'],
    ['microsoft.directory/applications/allProperties/read', 'pass'],
    ['microsoft.directory/contacts/allProperties/update', 'pass'],
  ])('knows %s, also where it is said of all properties or of applications of this tenant alone: %s', (action, verdict) => {
    const given = rolesGiven([holding('u1', 'user', 'other')], { roleDefinitions: [customRole('other', [action])] })
    expect(outcome(id, given).verdict).toBe(verdict)
  })

  it('leaves the roles of Microsoft to other checks', () => {
    expect(outcome(id, rolesGiven([holding('u1')], { roleDefinitions: [] })).verdict).toBe('pass')
  })

  unknownWithout(id, fine, roleFacts)
})
