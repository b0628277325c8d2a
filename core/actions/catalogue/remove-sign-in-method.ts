import { defineAction } from '../action.ts'
import { account, accountReasons, accountSubject, isRequester, readAccount, refuseOwn } from '../plans/account.ts'
import { parseAnswer, planOne, refuse } from '../plans/planning.ts'
import { methodInput, methodKinds, methodLabel, methodsSchema, odataTypeOf, removeMethod, secondFactors } from '../plans/sign-in-method.ts'

export const removeSignInMethod = defineAction({
  id: 'remove-sign-in-method',
  title: 'Remove a sign-in method of a person',
  proposalTitle: 'Remove a sign-in method of {name}',
  why: 'A phone or key that was lost, or that a thief has registered, opens the account for as long as it is there.',
  input: methodInput,
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [
    { name: 'userId', title: 'Person', is: 'user' },
    { name: 'method', title: 'Kind of method', is: 'choice', choices: methodKinds },
    { name: 'methodId', title: 'Id of the method', is: 'id' },
  ],
  touches: ['signIn'],
  writeScopes: [
    'UserAuthMethod-Phone.ReadWrite.All',
    'UserAuthMethod-MicrosoftAuthApp.ReadWrite.All',
    'UserAuthMethod-Passkey.ReadWrite.All',
  ],
  proofScopes: ['User.ReadBasic.All', 'UserAuthenticationMethod.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'Authentication Administrator',
    templateId: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
    actions: [
      'microsoft.directory/users/authenticationMethods/delete',
      'microsoft.directory/users/authenticationMethods/standard/restrictedRead',
    ],
    because:
      'The smallest built-in role that may remove sign-in methods, those of people without an administrator role only; custom roles cannot.',
    scope: 'administrativeUnit',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    ...accountReasons,
    isRequester,
    noMethod: '{name} has no such sign-in method any more.',
    onlyMethod: 'This is the only second factor of {name}, who has to register another one before signing in where one is asked for.',
  },
  preStateFields: ['authentication/methods'],
  auditActivities: ['Admin deleted security info'],
  ifStolen: 'Add and remove phones, authenticator apps and passkeys of everybody without an administrator role, and so sign in as them.',
  unconfirmed: 'Whether Graph removes the method that is a person’s default while others are registered.',
  undo: { possible: false, because: 'Only the person can register a sign-in method again.' },
  reads: ({ userId }) => [readAccount(userId), { path: `/users/${userId}/authentication/methods` }],
  plan({ userId, method, methodId }, [answer, methodsAnswer], context) {
    const read = parseAnswer(account, answer, userId)
    if (read.kind === 'refused') return read
    const listed = parseAnswer(methodsSchema, methodsAnswer, userId)
    if (listed.kind === 'refused') return listed
    const subject = accountSubject(read.row)
    const own = refuseOwn(read.row, context)
    if (own) return own
    const methods = listed.row.value
    const wanted = methods.find((each) => each.id === methodId && each['@odata.type'] === odataTypeOf(method))
    if (!wanted) return refuse('noMethod', { name: subject.name })
    const isOnly = secondFactors(methods).every((each) => each === wanted)
    return planOne(
      subject,
      { field: 'signInMethod', before: methodLabel(method, wanted), after: 'removed' },
      removeMethod(subject.id, method, wanted.id),
      { methods: methods.map((each) => `${each['@odata.type']} ${each.id}`).sort() },
      isOnly ? [{ reason: 'onlyMethod', values: { name: subject.name } }] : [],
    )
  },
})
