import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { roleFacts, roleIds, rolesGiven, user } from '../../../../build/people.ts'

const id = 'global-administrators-without-mailbox'
const exchange = 'efb87545-963c-4e0d-99df-69c6916d9eb0'
const teams = '57ff2da0-773e-42df-b2af-ffb7a2317929'
const plan = (servicePlanId: string, provisioningStatus = 'Success') => ({ servicePlanId, provisioningStatus })
const subscribedSkus = [
  { id: 's1', skuId: 'office', capabilityStatus: 'Enabled', servicePlans: [plan(exchange.toUpperCase()), plan(teams)] },
  {
    id: 's2',
    skuId: 'entra',
    capabilityStatus: 'Enabled',
    servicePlans: [plan('eec0eb4f-6444-4f95-aba0-50c24d67f998'), plan(exchange, 'Disabled')],
  },
]
const roles = rolesGiven([holding('u1'), holding('u2', 'user', roleIds.userAdministrator)])
const licence = (skuId: string, ...disabledPlans: readonly string[]) => ({ skuId, disabledPlans: [...disabledPlans] })
const given = (...users: readonly unknown[]) => ({ ...roles, subscribedSkus, users })
const fine = given(
  user('u1', { assignedLicenses: [licence('entra'), licence('OFFICE', exchange, teams)] }),
  user('u2', { assignedLicenses: [licence('office')] }),
)

describe(id, () => {
  it('passes for licences without mail and chat, and for other roles', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it.each([
    [licence('office'), 'Has a mailbox and Teams on the account with Global Administrator.'],
    [licence('office', exchange), 'Has Teams on the account with Global Administrator.'],
    [licence('office', teams), 'Has a mailbox on the account with Global Administrator.'],
    [licence('unheard of'), 'Has a licence that is not among the subscriptions of the tenant on the account with Global Administrator.'],
  ])('warns for %j', (assigned, sentence) => {
    const users = given(user('u1', { assignedLicenses: [assigned] }))
    expect(outcome(id, users)).toMatchObject({ verdict: 'warn' })
    expect(objectsOf(outcome(id, users))).toEqual(['u1'])
    expect(sentences(id, users)[2]).toBe(sentence)
  })

  it.each([
    ['88f4d7ef-a73b-4246-8047-516022144c9f', 'mail'],
    ['1126bef5-da20-4f07-b45e-ad25d2581aa8', 'mail'],
    ['90927877-dcff-4af6-b346-2332c0b15bb7', 'mail'],
    ['304767db-7d23-49e8-a945-4a7eb65f9f28', 'chat'],
  ])('knows the less common plan %s', (servicePlanId, services) => {
    const rows = {
      ...given(user('u1', { assignedLicenses: [licence('odd')] })),
      subscribedSkus: [{ id: 's3', skuId: 'odd', capabilityStatus: 'Enabled', servicePlans: [plan(servicePlanId)] }],
    }
    expect(outcome(id, rows)).toMatchObject({ verdict: 'warn', objects: [{ values: { services } }] })
  })

  unknownWithout(id, fine, ['users', 'subscribedSkus', ...roleFacts])
})
