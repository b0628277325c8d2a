import { describe, expect, it } from '@jest/globals'
import { deleteApplication } from '@countersign/core/actions/catalogue/delete-application.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'
import { inDaysOfPlan } from '../../../build/action-days.ts'

const applicationId = '11111111-2222-4333-8444-555555555555'
const [first, second] = ['88888888-2222-4333-8444-555555555555', '99999999-2222-4333-8444-555555555555'] as const
const ended = { keyId: first, endDateTime: '2026-11-01T00:00:00Z' }
const application = {
  id: applicationId,
  appId: 'app-1',
  displayName: 'Payroll Sync',
  passwordCredentials: [ended],
  keyCredentials: [{ ...ended, keyId: second }],
}
const principalId = '77777777-2222-4333-8444-555555555555'
const principal = { id: principalId, appId: 'app-1', displayName: 'Payroll Sync' }
const about = { type: 'application', id: applicationId, name: 'Payroll Sync', qualifier: 'app-1' } as const
const principalReads = { path: `/servicePrincipals/${principalId}?$select=id` }
const read = { path: `/applications/${applicationId}?$select=id` }

describeAction({
  action: deleteApplication,
  input: { applicationId },
  reads: [
    `/applications/${applicationId}?$select=id,appId,displayName,passwordCredentials,keyCredentials`,
    "/servicePrincipals(appId='app-1')?$select=id,appId,displayName",
  ],
  answers: [application, principal],
  plan: {
    subject: about,
    changes: [{ field: 'application', before: 'registered', after: 'deleted, can be restored for 30 days' }],
    steps: [
      {
        class: 'delete',
        about: { ...about, type: 'servicePrincipal', id: principalId },
        write: { method: 'DELETE', path: `/servicePrincipals/${principalId}`, body: null },
        readBack: { read: principalReads, expect: { kind: 'gone' } },
        undo: {
          write: { method: 'POST', path: `/directory/deletedItems/${principalId}/restore`, body: {} },
          readBack: { read: principalReads, expect: { kind: 'equals', field: 'id', value: principalId } },
          echo: { activities: ['Restore service principal'], targetId: principalId },
        },
        echo: { activities: ['Remove service principal'], targetId: principalId },
      },
      {
        class: 'delete',
        about,
        before: { kind: 'equals', field: 'id', value: applicationId },
        write: { method: 'DELETE', path: `/applications/${applicationId}`, body: null },
        readBack: { read, expect: { kind: 'gone' } },
        undo: {
          write: { method: 'POST', path: `/directory/deletedItems/${applicationId}/restore`, body: {} },
          readBack: { read, expect: { kind: 'equals', field: 'id', value: applicationId } },
          echo: { activities: ['Restore application'], targetId: applicationId },
        },
        echo: { activities: ['Delete application'], targetId: applicationId },
      },
    ],
    preState: { passwordCredentials: [first], keyCredentials: [second], servicePrincipal: principalId },
    warnings: [{ reason: 'enterpriseToo', values: {} }],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: applicationId } },
    { reason: 'unreadable', answers: [{ ...application, passwordCredentials: null }, principal] },
    { reason: 'unreadable', answers: [application, { ...principal, id: null }] },
  ],
  warnings: [
    { reason: 'enterpriseToo' },
    {
      reason: 'stillOpens',
      answers: [{ ...application, passwordCredentials: [{ keyId: first, endDateTime: inDaysOfPlan(0) }] }, undefined],
    },
    { reason: 'stillOpens', answers: [{ ...application, keyCredentials: [{ keyId: second, endDateTime: null }] }, principal] },
  ],
  badInputs: [{}, { applicationId: 'payroll' }, []],
  named: (displayName) => [
    { ...application, displayName },
    { ...principal, displayName },
  ],
})

describe('an application without an enterprise application', () => {
  it('is deleted in one step, without a word about one', () => {
    const prepared = deleteApplication.prepare({ applicationId })
    const plan = prepared.kind === 'ready' ? prepared.prepared.plan([application, undefined], planContext) : undefined
    if (plan?.kind !== 'plan') throw new Error('Nothing was planned.')
    expect(plan.steps.map(({ write }) => `${write.method} ${write.path}`)).toEqual([`DELETE /applications/${applicationId}`])
    expect(plan.steps[0]?.before).toBeUndefined()
    expect(plan.warnings).toEqual([])
    expect(plan.preState).toMatchObject({ servicePrincipal: null })
  })
})
