import { z } from 'zod'
import { defineAction } from '../action.ts'
import { account, accountReasons, accountSubject, isRequester, readAccount, refuseOwn } from '../plans/account.ts'
import { parseAnswer, planOne, refuse } from '../plans/planning.ts'

const answerSchema = account.extend({ userType: z.string().nullable(), onPremisesSyncEnabled: z.boolean().nullish() })

export const deleteGuest = defineAction({
  id: 'delete-guest',
  title: 'Delete a guest',
  proposalTitle: 'Delete the guest {name}',
  why: 'A guest who has no business here any more keeps every share and membership for as long as the account is there.',
  input: z.object({ userId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'userId', title: 'Guest', is: 'guest' }],
  touches: ['signIn', 'account'],
  writeScopes: ['User.DeleteRestore.All'],
  proofScopes: ['User.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'User Administrator',
    templateId: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
    actions: ['microsoft.directory/users/delete', 'microsoft.directory/users/restore'],
    because:
      'The least role that may delete and restore accounts and cannot touch sign-in methods; assign it at a unit that holds guests only.',
    scope: 'administrativeUnit',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    ...accountReasons,
    isRequester,
    notGuest: '{name} is not a guest. Only guests can be deleted here.',
    synced: '{name} is synced from Active Directory, which would make the account anew. Delete it there.',
  },
  preStateFields: ['userPrincipalName', 'userType'],
  auditActivities: ['Delete user', 'Restore user'],
  ifStolen: 'Delete and restore every account in the reach of the role, people included. What is deleted can be restored for 30 days.',
  unconfirmed: 'Whether a role held at an administrative unit restores an account, which leaves the unit when it is deleted.',
  undo: { possible: true, days: 30 },
  reads: ({ userId }) => [readAccount(userId, 'userType', 'onPremisesSyncEnabled')],
  plan({ userId }, [answer], context) {
    const read = parseAnswer(answerSchema, answer, userId)
    if (read.kind === 'refused') return read
    const { userType, onPremisesSyncEnabled, ...user } = read.row
    const subject = accountSubject(user)
    const own = refuseOwn(user, context)
    if (own) return own
    if (userType !== 'Guest') return refuse('notGuest', { name: subject.name })
    if (onPremisesSyncEnabled) return refuse('synced', { name: subject.name })
    const now = { path: `/users/${user.id}?$select=id` }
    return planOne(
      subject,
      { field: 'account', before: 'there', after: 'deleted, kept for 30 days' },
      {
        class: 'delete',
        write: { method: 'DELETE', path: `/users/${user.id}`, body: null },
        readBack: { read: now, expect: { kind: 'gone' } },
        undo: {
          write: { method: 'POST', path: `/directory/deletedItems/${user.id}/restore`, body: {} },
          readBack: { read: now, expect: { kind: 'equals', field: 'id', value: user.id } },
          echo: { activities: ['Restore user'], targetId: user.id },
        },
        echo: { activities: ['Delete user'], targetId: user.id },
      },
      { userPrincipalName: user.userPrincipalName, userType },
    )
  },
})
