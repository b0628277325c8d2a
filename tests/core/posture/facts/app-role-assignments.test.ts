import { describe, expect, it } from '@jest/globals'
import { appRoleAssignments } from '../../../../core/posture/facts/app-role-assignments.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  id: '2jLOj0tGnUmE4FIqxfoTdGyT',
  parentId: '8e881353-1735-45af-af21-ee1344582a4d',
  deletedDateTime: null,
  appRoleId: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  createdDateTime: '2021-02-15T16:39:38.2975029Z',
  principalDisplayName: 'Contoso connector',
  principalId: '8fce32da-1246-437b-99cd-76d1d4677bd5',
  principalType: 'ServicePrincipal',
  resourceDisplayName: 'Microsoft Graph',
  resourceId: '8e881353-1735-45af-af21-ee1344582a4d',
} as const

describe('app-role-assignments', () => {
  keepsItsShape(
    appRoleAssignments,
    answer,
    [
      {
        id: '2jLOj0tGnUmE4FIqxfoTdGyT',
        parentId: '8e881353-1735-45af-af21-ee1344582a4d',
        appRoleId: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
        principalId: '8fce32da-1246-437b-99cd-76d1d4677bd5',
        principalType: 'ServicePrincipal',
        principalDisplayName: 'Contoso connector',
        resourceId: '8e881353-1735-45af-af21-ee1344582a4d',
        createdDateTime: '2021-02-15T16:39:38.2975029Z',
      },
    ],
    ['id', 'appRoleId', 'principalId', 'principalType', 'resourceId'],
  )

  it('is asked of applications that offer roles to applications, and of those whose roles were not read', () => {
    const asked = (appRoles: object | undefined) =>
      appRoleAssignments.source.each?.when({ id: 's', appId: 'a', passwordCredentials: [], ...(appRoles ? { appRoles } : {}) })
    expect([
      asked([{ id: 'r', value: 'Mail.Read', allowedMemberTypes: ['Application'] }]),
      asked([{ id: 'r', value: 'Reader', allowedMemberTypes: ['User'] }]),
      asked([]),
      asked(undefined),
    ]).toEqual([true, false, false, true])
  })
})
