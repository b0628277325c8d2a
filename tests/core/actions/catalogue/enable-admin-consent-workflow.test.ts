import { describe, expect, it } from '@jest/globals'
import { enableAdminConsentWorkflow } from '@countersign/core/actions/catalogue/enable-admin-consent-workflow.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const path = '/policies/adminConsentRequestPolicy'
const [ada, ben] = ['11111111-2222-4333-8444-555555555555', '22222222-2222-4333-8444-555555555555'] as const
const off = { isEnabled: false, notifyReviewers: false, remindersEnabled: false, requestDurationInDays: 0, reviewers: [] }
const person = (id: string, displayName: string | null) => ({
  id,
  displayName,
  userPrincipalName: `${id.slice(0, 1)}@contoso.example`,
  accountEnabled: true,
  userType: 'Member',
})
const people = [person(ada, 'Ada Berg'), person(ben, null)] as const
const about = {
  type: 'tenant',
  id: 'adminConsentRequestPolicy',
  name: 'the admin consent workflow',
  qualifier: 'adminConsentRequestPolicy',
} as const
const reviewers = [ada, ben].map((id) => ({ query: `/users/${id}`, queryType: 'MicrosoftGraph', queryRoot: null }))
const echo = (isEnabled: boolean) => ({
  activities: ['Update policy'],
  targetId: 'adminConsentRequestPolicy',
  modified: { name: 'IsEnabled', newValueContains: String(isEnabled) },
})

describeAction({
  action: enableAdminConsentWorkflow,
  input: { reviewerIds: [ada, ben] },
  reads: [path, ...[ada, ben].map((id) => `/users/${id}?$select=id,displayName,userPrincipalName,accountEnabled,userType`)],
  answers: [off, ...people],
  plan: {
    subject: about,
    changes: [{ field: 'consentWorkflow', before: 'off', after: 'on, Ada Berg, 2@contoso.example' }],
    steps: [
      {
        class: 'set',
        about,
        write: {
          method: 'PUT',
          path,
          body: { isEnabled: true, notifyReviewers: true, remindersEnabled: true, requestDurationInDays: 30, reviewers },
        },
        readBack: {
          read: { path },
          expect: {
            kind: 'all',
            of: [
              { kind: 'equals', field: 'isEnabled', value: true },
              { kind: 'equals', field: 'requestDurationInDays', value: 30 },
              ...reviewers.map(({ query }) => ({ kind: 'has' as const, list: 'reviewers', field: 'query', value: query })),
            ],
          },
        },
        undo: {
          write: { method: 'PUT', path, body: off },
          readBack: {
            read: { path },
            expect: {
              kind: 'all',
              of: [
                { kind: 'equals', field: 'isEnabled', value: false },
                { kind: 'equals', field: 'requestDurationInDays', value: 0 },
              ],
            },
          },
          echo: echo(false),
        },
        echo: echo(true),
      },
    ],
    preState: off,
    warnings: [{ reason: 'mayDecide', values: {} }],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined, ...people] },
    { reason: 'notFound', answers: [off, people[0], undefined], values: { id: ben } },
    { reason: 'unreadable', answers: [{ ...off, reviewers: null }, ...people] },
    { reason: 'unreadable', answers: [off, {}, people[1]] },
    { reason: 'alreadyOn', answers: [{ ...off, isEnabled: true, reviewers: [{ query: '/users/x' }] }, ...people], values: { count: 1 } },
    { reason: 'blocked', answers: [off, { ...people[0], accountEnabled: false }, people[1]], values: { person: 'Ada Berg' } },
    { reason: 'notMember', answers: [off, people[0], { ...people[1], userType: 'Guest' }], values: { person: '2@contoso.example' } },
  ],
  warnings: [{ reason: 'mayDecide', answers: [{ ...off, isEnabled: true }, ...people] }],
  badInputs: [{}, { reviewerIds: [] }, { reviewerIds: [ada, ada] }, { reviewerIds: ['ada'] }, { reviewerIds: Array(11).fill(ada) }],
  named: (displayName) => [off, person(ada, displayName), people[1]],
})

describe('enable-admin-consent-workflow', () => {
  it.each([
    [14, 14],
    [45, 30],
  ])('a request that could wait %d days then waits %d', (requestDurationInDays, days) => {
    const prepared = enableAdminConsentWorkflow.prepare({ reviewerIds: [ada] })
    const answers = [{ ...off, requestDurationInDays }, people[0]]
    const plan = prepared.kind === 'ready' ? prepared.prepared.plan(answers, planContext) : undefined
    expect(plan).toMatchObject({ steps: [{ write: { body: { requestDurationInDays: days } } }] })
  })
})
