import { describe, expect, it } from '@jest/globals'
import { removeAppSecret } from '@countersign/core/actions/catalogue/remove-app-secret.ts'
import type { Json } from '@countersign/core/digest.ts'

const applicationId = '11111111-2222-4333-8444-555555555555'
const keyId = '99999999-2222-4333-8444-555555555555'
const context = {
  now: Date.parse('2026-11-22T12:00:00Z'),
  requestedBy: 'aaaaaaaa-2222-4333-8444-555555555555',
  aidId: 'bbbbbbbb-2222-4333-8444-555555555555',
}

function application(endDateTime: string | null, key = keyId): Json {
  return {
    id: applicationId,
    appId: 'cccccccc-2222-4333-8444-555555555555',
    displayName: 'Payroll Sync',
    passwordCredentials: [{ keyId: key, displayName: 'old', hint: 'Ab1', endDateTime }],
  }
}

function plan(answer: Json | undefined, input: unknown = { applicationId, keyId }) {
  const prepared = removeAppSecret.prepare(input)
  return prepared.kind === 'ready' ? prepared.prepared.plan([answer], context) : prepared
}

describe('remove-app-secret', () => {
  it('plans removePassword of that key id and nothing else', () => {
    expect(plan(application('2026-11-01T00:00:00Z'))).toMatchObject({
      kind: 'plan',
      steps: [
        {
          class: 'delete',
          write: { method: 'POST', path: `/applications/${applicationId}/removePassword`, body: { keyId } },
          readBack: { expect: { kind: 'lacks', list: 'passwordCredentials', field: 'keyId', value: keyId } },
          undo: null,
        },
      ],
      preState: { keyId, endDateTime: '2026-11-01T00:00:00Z' },
    })
  })

  it.each([
    ['notFound', undefined],
    ['noSecret', application('2026-11-01T00:00:00Z', 'dddddddd-2222-4333-8444-555555555555')],
    ['stillValid', application('2026-11-22T12:00:00Z')],
    ['stillValid', application('2036-01-01T00:00:00Z')],
    ['noEnd', application(null)],
    ['unreadable', { id: applicationId }],
  ] as const)('refuses with the reason %s', (reason, answer) => {
    expect(plan(answer)).toMatchObject({ kind: 'refused', reason })
    expect(removeAppSecret.reasons[reason]).toBeDefined()
  })

  it('never takes a date that it cannot read for an expired one', () => {
    expect(plan(application('soon'))).toMatchObject({ kind: 'refused', reason: 'stillValid' })
  })
})
