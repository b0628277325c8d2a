import { removeSignInMethod } from '@countersign/core/actions/catalogue/remove-sign-in-method.ts'
import { describeAction } from '../../../build/action-cases.ts'

const userId = '11111111-2222-4333-8444-555555555555'
const methodId = '3179e48a-750b-4051-897c-87b9720928f7'
const erik = { id: userId, displayName: 'Erik Holm', userPrincipalName: 'erik@contoso.example' }
const kind = (name: string, id: string, more: object = {}) => ({
  '@odata.type': `#microsoft.graph.${name}AuthenticationMethod`,
  id,
  ...more,
})
const phone = kind('phone', methodId, { phoneNumber: '+351 912000000', phoneType: 'mobile' })
const password = kind('password', '28c10230-6103-485e-b985-444c60001490')
const key = kind('fido2', '-2_GRUg2-HYz6_1YG4YRAQ2', { displayName: 'Blue key' })
const about = { type: 'user', id: userId, name: 'Erik Holm', qualifier: 'erik@contoso.example' } as const
const listed = (...value: readonly object[]) => JSON.parse(JSON.stringify({ value }))

describeAction({
  action: removeSignInMethod,
  input: { userId, method: 'phone', methodId },
  reads: [`/users/${userId}?$select=id,displayName,userPrincipalName`, `/users/${userId}/authentication/methods`],
  answers: [erik, listed(password, phone, key)],
  plan: {
    subject: about,
    changes: [{ field: 'signInMethod', before: 'Phone: +351 912000000', after: 'removed' }],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'DELETE', path: `/users/${userId}/authentication/phoneMethods/${methodId}`, body: null },
        readBack: {
          read: { path: `/users/${userId}/authentication/methods` },
          expect: { kind: 'lacks', list: 'value', field: 'id', value: methodId },
        },
        undo: null,
        echo: { activities: ['Admin deleted security info'], targetId: userId },
      },
    ],
    preState: {
      methods: [
        '#microsoft.graph.fido2AuthenticationMethod -2_GRUg2-HYz6_1YG4YRAQ2',
        '#microsoft.graph.passwordAuthenticationMethod 28c10230-6103-485e-b985-444c60001490',
        `#microsoft.graph.phoneAuthenticationMethod ${methodId}`,
      ],
    },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined, undefined], values: { id: userId } },
    { reason: 'unreadable', answers: [erik, { value: null }] },
    { reason: 'isAid', context: { aidId: userId } },
    { reason: 'isRequester', context: { requestedBy: userId } },
    { reason: 'noMethod', answers: [erik, listed(password, key)] },
    // The id of one kind does not stand for another.
    { reason: 'noMethod', input: { userId, method: 'microsoftAuthenticator', methodId } },
  ],
  warnings: [
    { reason: 'onlyMethod', answers: [erik, listed(password, phone)] },
    { reason: 'onlyMethod', answers: [erik, listed(password, phone, kind('email', 'e'), kind('temporaryAccessPass', 't'))] },
    { reason: 'onlyMethod', input: { userId, method: 'fido2', methodId: key.id }, answers: [erik, listed(password, key)] },
  ],
  badInputs: [
    {},
    { userId, method: 'password', methodId },
    { userId, method: 'phone', methodId: '../../x' },
    { userId, method: 'phone', methodId: '' },
    null,
  ],
  named: (displayName) => [{ ...erik, displayName }, listed(password, { ...phone, displayName }, { ...key, displayName })],
})
