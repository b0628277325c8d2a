import { describe, expect, it } from '@jest/globals'
import { disableUser } from '@countersign/core/actions/catalogue/disable-user.ts'
import type { Json } from '@countersign/core/digest.ts'

const userId = '11111111-2222-4333-8444-555555555555'
const context = {
  now: Date.parse('2026-11-22T12:00:00Z'),
  requestedBy: 'aaaaaaaa-2222-4333-8444-555555555555',
  aidId: 'bbbbbbbb-2222-4333-8444-555555555555',
}
const erik = {
  id: userId,
  displayName: 'Erik Holm',
  userPrincipalName: 'erik@contoso.example',
  accountEnabled: true,
  onPremisesSyncEnabled: null,
}

function plan(answer: Json | undefined, input: unknown = { userId }, at = context) {
  const prepared = disableUser.prepare(input)
  if (prepared.kind !== 'ready') return prepared
  return prepared.prepared.plan([answer], at)
}

describe('disable-user', () => {
  it('plans one PATCH of accountEnabled and nothing else, with its read-back and undo', () => {
    expect(plan(erik)).toMatchObject({
      kind: 'plan',
      subject: { type: 'user', id: userId, name: 'Erik Holm', qualifier: 'erik@contoso.example' },
      steps: [
        {
          class: 'set',
          write: { method: 'PATCH', path: `/users/${userId}`, body: { accountEnabled: false } },
          readBack: {
            read: { path: `/users/${userId}?$select=accountEnabled` },
            expect: { kind: 'equals', field: 'accountEnabled', value: false },
          },
          undo: { write: { method: 'PATCH', path: `/users/${userId}`, body: { accountEnabled: true } } },
        },
      ],
      preState: { accountEnabled: true },
      warnings: [],
    })
  })

  it.each([
    ['notFound', undefined, context],
    ['alreadyBlocked', { ...erik, accountEnabled: false }, context],
    ['unreadable', { ...erik, accountEnabled: null }, context],
    ['unreadable', { id: userId }, context],
    ['isAid', erik, { ...context, aidId: userId }],
    ['isRequester', erik, { ...context, requestedBy: userId }],
  ] as const)('refuses with the reason %s', (reason, answer, at) => {
    expect(plan(answer, { userId }, at)).toMatchObject({ kind: 'refused', reason })
    expect(disableUser.reasons[reason]).toBeDefined()
  })

  it('warns of an account that Active Directory owns', () => {
    expect(plan({ ...erik, onPremisesSyncEnabled: true })).toMatchObject({ warnings: [{ reason: 'synced' }] })
  })

  it.each([[{}], [{ userId: 'erik' }], [{ userId, tenantId: userId }], [null]])('refuses the input %j by naming the field', (input) => {
    expect(plan(erik, input)).toMatchObject({ kind: 'badInput' })
  })
})
