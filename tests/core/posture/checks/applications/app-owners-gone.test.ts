import { appOwnersGone } from '../../../../../core/posture/checks/applications/app-owners-gone.ts'
import { enterprise, ownedBy, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { user, guest } from '../../../../build/people.ts'

describeCheck(
  appOwnersGone,
  {
    applications: [registered('a')],
    servicePrincipals: [enterprise('s')],
    applicationOwners: [ownedBy('a', 'u')],
    servicePrincipalOwners: [ownedBy('s', 'u')],
    users: [user('u'), guest('g'), user('off', { accountEnabled: false })],
  },
  [
    {
      name: 'fails when all are disabled or gone',
      given: { applicationOwners: [ownedBy('a', 'off', 'nobody')] },
      verdict: 'fail',
      objects: ['a'],
      says: 'All its 2 owners',
    },
    { name: 'passes while one is still there', given: { applicationOwners: [ownedBy('a', 'off', 'u')] }, verdict: 'pass' },
    { name: 'leaves those without any owner to another check', given: { applicationOwners: [ownedBy('a')] }, verdict: 'pass' },
  ],
)
