import { describe, expect, it } from '@jest/globals'
import { riskyGrantByAPerson } from '../../../../../core/posture/checks/applications/risky-grant-by-a-person.ts'
import { enterprise, grant, microsoftGraph, organization } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { outcome } from '../../../../build/judged.ts'

const foreign = enterprise('s', { appOwnerOrganizationId: 'other' })
const fine = {
  organization: [organization()],
  servicePrincipals: [microsoftGraph(), foreign, enterprise('ours')],
  oauth2PermissionGrants: [grant('s', 'openid profile offline_access', 'u1'), grant('ours', 'Mail.Read', 'u1')],
  appRoleAssignments: [],
}
const graph = 's/00000003-0000-0000-c000-000000000000'

describeCheck(riskyGrantByAPerson, fine, [
  {
    name: 'fails when one person let it into their mail',
    given: { oauth2PermissionGrants: [grant('s', 'openid Mail.Read', 'u1')] },
    verdict: 'fail',
    objects: [`${graph}/Mail.Read`],
    says: '1 person who agreed',
  },
  {
    name: 'fails on the permission in any case of its letters',
    given: { oauth2PermissionGrants: [grant('s', 'mail.read', 'u1')] },
    verdict: 'fail',
  },
  {
    name: 'fails on a permission of high risk that lasts',
    given: { oauth2PermissionGrants: [grant('s', 'Directory.ReadWrite.All offline_access', 'u1')] },
    verdict: 'fail',
    objects: [`${graph}/Directory.ReadWrite.All`],
  },
  {
    name: 'passes over what an administrator granted for everybody: another check is about it',
    given: { oauth2PermissionGrants: [grant('s', 'Mail.Read')] },
    verdict: 'pass',
  },
  {
    name: 'passes over a verified publisher',
    given: {
      servicePrincipals: [microsoftGraph(), { ...foreign, verifiedPublisher: { verifiedPublisherId: '5001234' } }],
      oauth2PermissionGrants: [grant('s', 'Mail.Read', 'u1')],
    },
    verdict: 'pass',
  },
])

describe('risky-grant-by-a-person, mending', () => {
  it('offers to take away the grant of one person, and nothing where several agreed', () => {
    for (const [people, input] of [
      [['u1'], { grantId: 's-u1' }],
      [['u1', 'u2'], undefined],
    ] as const) {
      const verdict = outcome(riskyGrantByAPerson.id, {
        ...fine,
        oauth2PermissionGrants: people.map((person) => grant('s', 'Mail.Read', person)),
      })
      const [object] = 'objects' in verdict ? verdict.objects : []
      if (!object) throw new Error('Nothing was found.')
      expect(riskyGrantByAPerson.fix?.input(object)).toEqual(input)
    }
  })
})
