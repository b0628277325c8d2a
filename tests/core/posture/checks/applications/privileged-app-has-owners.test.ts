import { privilegedAppHasOwners } from '../../../../../core/posture/checks/applications/privileged-app-has-owners.ts'
import { appRole, enterprise, microsoftGraph, ownedBy, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { holding, member } from '../../../../build/facts.ts'
import { customRole, eligible, rolesGiven } from '../../../../build/people.ts'

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
    roleGroupOwners: [],
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
      name: 'warns about whoever holds a role over all applications, with the whole way',
      given: rolesGiven([holding('p', 'user', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3')]),
      verdict: 'warn',
      objects: ['a/p'],
      says: 'holds the role Application Administrator; Whoever has that can add a credential to Enterprise application a and sign in as it',
    },
    {
      name: 'passes where that person controls the tenant anyway',
      given: rolesGiven([holding('p', 'user', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'), holding('p', 'user')]),
      verdict: 'pass',
    },
    {
      name: 'passes where the role is over another application',
      given: rolesGiven([{ ...holding('p', 'user', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'), directoryScopeId: '/other' }]),
      verdict: 'pass',
    },
    {
      name: 'passes where the role is over an administrative unit, in which no application is',
      given: rolesGiven([{ ...holding('p', 'user', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'), directoryScopeId: '/administrativeUnits/u' }]),
      verdict: 'pass',
    },
    {
      name: 'warns where the role is over this application alone, by its registration or itself',
      given: rolesGiven([
        { ...holding('p', 'user', '158c047a-c907-4556-b7ef-446551a6b5f7'), directoryScopeId: '/A' },
        { ...holding('q', 'user', '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2'), directoryScopeId: '/a' },
      ]),
      verdict: 'warn',
      objects: ['a/p', 'a/q'],
      says: 'over one application',
    },
    {
      name: 'warns about whoever may make themselves such a holder',
      given: rolesGiven([], { roleEligibility: [eligible('p', 'user', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3')] }),
      verdict: 'warn',
      objects: ['a/p'],
      says: 'can activate the role',
    },
    {
      name: 'warns about members of a group with such a role, and fails on its owner',
      given: {
        ...rolesGiven([holding('g', 'group', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3')], { roleGroupMembers: [member('g', 'm')] }),
        roleGroupOwners: [{ '@odata.type': '#microsoft.graph.user', id: 'o', parentId: 'g', displayName: 'Olga', userPrincipalName: null }],
      },
      verdict: 'fail',
      objects: ['a/m', 'a/o'],
      says: 'decides who is in it, and it holds the role Application Administrator',
    },
    {
      name: 'warns about a custom role that may change credentials',
      given: rolesGiven([holding('p', 'user', 'own')], {
        roleDefinitions: [customRole('own', ['microsoft.directory/applications/credentials/update'])],
      }),
      verdict: 'warn',
      objects: ['a/p'],
      says: 'can add a credential',
    },
    {
      name: 'passes where the custom role reaches registrations alone and this one is elsewhere',
      given: {
        ...rolesGiven([holding('p', 'user', 'own')], {
          roleDefinitions: [customRole('own', ['microsoft.directory/applications/credentials/update'])],
        }),
        applications: [registered('b')],
        applicationOwners: [ownedBy('b')],
      },
      verdict: 'pass',
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
