import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { user } from '../../../../build/people.ts'

const id = 'disabled-accounts-without-licences'
const licensed = { assignedLicenses: [{ skuId: 's', disabledPlans: [] }] }
const given = (...users: readonly unknown[]) => ({ users })
const fine = given(user('a', licensed), user('b', { accountEnabled: false }))

describe(id, () => {
  it('passes while licences belong to enabled accounts', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('names disabled accounts with licences', () => {
    const some = given(user('a', { ...licensed, accountEnabled: false }))
    expect(outcome(id, some).verdict).toBe('warn')
    expect(objectsOf(outcome(id, some))).toEqual(['a'])
    expect(sentences(id, some)[2]).toBe('Disabled, with 1 licence (a@contoso.com).')
  })

  unknownWithout(id, fine, ['users'])
})
