import { privilegedAppHasOwners } from '../../../../../core/posture/checks/applications/privileged-app-has-owners.ts'
import { appRole, enterprise, microsoftGraph, ownedBy, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { holding } from '../../../../build/facts.ts'
import { rolesGiven } from '../../../../build/people.ts'

const ownedByApplication = (id: string, owner: string) => ({
  id,
  owners: [{ '@odata.type': '#microsoft.graph.servicePrincipal', id: owner, displayName: `Enterprise ${owner}`, userPrincipalName: null }],
})

describeCheck(
  privilegedAppHasOwners,
  {
    applications: [registered('a')],
    servicePrincipals: [microsoftGraph(), enterprise('a')],
    applicationOwners: [ownedBy('a')],
    servicePrincipalOwners: [ownedBy('a')],
    oauth2PermissionGrants: [],
    appRoleAssignments: [appRole('a', 'RoleManagement.ReadWrite.Directory')],
    ...rolesGiven([holding('other', 'servicePrincipal')]),
  },
  [
    {
      name: 'fails on an owner of the registration of an application with such a permission',
      given: { applicationOwners: [ownedBy('a', 'u')] },
      verdict: 'fail',
      objects: ['a/u'],
      says: 'Person u owns its app registration',
    },
    {
      name: 'fails on an owner of an application in such a role',
      given: { servicePrincipalOwners: [ownedBy('a', 'u')], appRoleAssignments: [], roleAssignments: [holding('a', 'servicePrincipal')] },
      verdict: 'fail',
      objects: ['a/u'],
      says: 'the role Global Administrator',
    },
    {
      name: 'lists a person once for each application',
      given: {
        applicationOwners: [ownedBy('a', 'u', 'v')],
        servicePrincipalOwners: [ownedBy('a', 'u')],
        roleAssignments: [holding('a', 'servicePrincipal')],
      },
      verdict: 'fail',
      objects: ['a/u', 'a/v'],
      says: 'and 1 more like it',
    },
    {
      name: 'fails on whoever owns an application that owns such a one, with the whole way',
      given: {
        servicePrincipals: [microsoftGraph(), enterprise('a'), enterprise('b'), enterprise('c')],
        applicationOwners: [ownedBy('a')],
        servicePrincipalOwners: [
          ownedByApplication('a', 'b'),
          ownedByApplication('b', 'c'),
          { id: 'c', owners: [...ownedByApplication('c', 'a').owners, ...ownedBy('c', 'u').owners] },
        ],
      },
      verdict: 'fail',
      objects: ['a/u'],
      says: 'Person u owns the enterprise application Enterprise application c and can sign in as it; Enterprise c owns',
    },
    {
      name: 'fails where an application owns the other, on the person behind it',
      given: {
        servicePrincipals: [microsoftGraph(), enterprise('a'), enterprise('b')],
        applicationOwners: [ownedByApplication('a', 'b')],
        servicePrincipalOwners: [ownedBy('b', 'u')],
      },
      verdict: 'fail',
      objects: ['a/u'],
      says: 'Enterprise b owns the app registration of Enterprise application a and can sign in as it',
    },
    {
      name: 'fails on a role that the application has through a group',
      given: {
        servicePrincipalOwners: [ownedBy('a', 'u')],
        appRoleAssignments: [],
        ...rolesGiven([holding('g', 'group')], {
          roleGroupMembers: [
            { '@odata.type': '#microsoft.graph.servicePrincipal', id: 'a', parentId: 'g', displayName: 'A', userPrincipalName: null },
          ],
        }),
      },
      verdict: 'fail',
      objects: ['a/u'],
      says: 'the role Global Administrator',
    },
    {
      name: 'passes where the owned application has no such power',
      given: { applicationOwners: [ownedBy('a', 'u')], appRoleAssignments: [appRole('a', 'User.Read.All')] },
      verdict: 'pass',
    },
    {
      name: 'is unknown where an owner is of a type that nobody knows',
      given: {
        applicationOwners: [
          { id: 'a', owners: [{ '@odata.type': '#microsoft.graph.thing', id: 'x', displayName: null, userPrincipalName: null }] },
        ],
      },
      verdict: 'unknown',
      reason: 'shape',
    },
  ],
)
