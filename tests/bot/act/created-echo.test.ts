import { describe, expect, it } from '@jest/globals'
import { createPolicy } from '@countersign/core/actions/catalogue/create-policy.ts'
import type { PlanStep } from '@countersign/core/actions/action.ts'
import { expectedEcho } from '../../../bot/src/engine/act/echo.ts'
import { planContext } from '../../build/action-cases.ts'

const emergency = {
  id: '11111111-2222-4333-8444-555555555555',
  displayName: 'Emergency 1',
  userPrincipalName: 'emergency1@contoso.example',
  accountEnabled: true,
  userType: 'Member',
}

function stepOf(): PlanStep {
  const prepared = createPolicy.prepare({ template: 'device-code-flow-blocked', excludedUserIds: [emergency.id] })
  const plan = prepared.kind === 'ready' ? prepared.prepared.plan([{ value: [] }, emergency], planContext) : undefined
  const step = plan?.kind === 'plan' ? plan.steps[0] : undefined
  if (!step) throw new Error('Nothing was planned.')
  return step
}

function answering(body: unknown) {
  return { get: () => Promise.resolve({ kind: 'answer' as const, body, requestId: 'r' }) }
}

describe('the row of the log for what a step made', () => {
  const step = stepOf()
  const made = { value: [{ id: 'made', displayName: 'Countersign: block device code flow' }] }

  it('names it by the id under which the read-back shows it', async () => {
    expect(await expectedEcho(answering(made), step)).toEqual({ ...step.echo, targetId: 'made' })
  })

  it('cannot be asked for while the read-back does not show it', async () => {
    expect(await expectedEcho(answering({ value: [] }), step)).toBeUndefined()
  })

  it('is asked for as planned where nothing was made', async () => {
    const known = { ...step, echo: { ...step.echo, targetId: 'known' } }
    expect(await expectedEcho(answering(made), known)).toBe(known.echo)
  })
})
