import { deleteGuest } from '@countersign/core/actions/catalogue/delete-guest.ts'
import { describeAction } from '../../../build/action-cases.ts'

const userId = '11111111-2222-4333-8444-555555555555'
const userPrincipalName = 'ana_fabrikam.example#EXT#@contoso.example'
const ana = { id: userId, displayName: 'Ana Reis', userPrincipalName, userType: 'Guest', onPremisesSyncEnabled: null }
const about = { type: 'user', id: userId, name: 'Ana Reis', qualifier: userPrincipalName } as const
const read = { path: `/users/${userId}?$select=id` }

describeAction({
  action: deleteGuest,
  input: { userId },
  reads: [`/users/${userId}?$select=id,displayName,userPrincipalName,userType,onPremisesSyncEnabled`],
  answers: [ana],
  plan: {
    subject: about,
    changes: [{ field: 'account', before: 'there', after: 'deleted, kept for 30 days' }],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'DELETE', path: `/users/${userId}`, body: null },
        readBack: { read, expect: { kind: 'gone' } },
        undo: {
          write: { method: 'POST', path: `/directory/deletedItems/${userId}/restore`, body: {} },
          readBack: { read, expect: { kind: 'equals', field: 'id', value: userId } },
          echo: { activities: ['Restore user'], targetId: userId },
        },
        echo: { activities: ['Delete user'], targetId: userId },
      },
    ],
    preState: { userPrincipalName, userType: 'Guest' },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: userId } },
    { reason: 'unreadable', answers: [{ id: userId }] },
    { reason: 'isAid', context: { aidId: userId } },
    { reason: 'isRequester', context: { requestedBy: userId } },
    { reason: 'notGuest', answers: [{ ...ana, userType: 'Member' }] },
    // Accounts older than the property have none, and are members.
    { reason: 'notGuest', answers: [{ ...ana, userType: null }] },
    { reason: 'synced', answers: [{ ...ana, onPremisesSyncEnabled: true }] },
  ],
  badInputs: [{}, { userId: 'ana' }, null],
  named: (displayName) => [{ ...ana, displayName }],
})
