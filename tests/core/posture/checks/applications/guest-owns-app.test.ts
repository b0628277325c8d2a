import { guestOwnsApp } from '../../../../../core/posture/checks/applications/guest-owns-app.ts'
import { enterprise, ownedBy, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { user, guest } from '../../../../build/people.ts'

describeCheck(
  guestOwnsApp,
  {
    applications: [registered('a')],
    servicePrincipals: [enterprise('s')],
    applicationOwners: [ownedBy('a', 'u')],
    servicePrincipalOwners: [ownedBy('s', 'u')],
    users: [user('u'), guest('g'), user('off', { accountEnabled: false })],
  },
  [
    {
      name: 'fails for each guest',
      given: { applicationOwners: [ownedBy('a', 'u', 'g')], servicePrincipalOwners: [ownedBy('s', 'g')] },
      verdict: 'fail',
      objects: ['a/g', 's/g'],
      says: 'The guest Person g',
    },
    {
      name: 'fails for a guest who is disabled',
      given: { applicationOwners: [ownedBy('a', 'g')], users: [user('u'), guest('g', { accountEnabled: false })] },
      verdict: 'fail',
      objects: ['a/g'],
    },
    {
      name: 'is unknown when the list of people is out of shape',
      given: { users: [user('u'), { ...user('v'), accountEnabled: 'yes' }] },
      verdict: 'unknown',
      reason: 'shape',
    },
  ],
)
