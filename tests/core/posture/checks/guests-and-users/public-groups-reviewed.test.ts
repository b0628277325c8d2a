import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { group } from '../../../../build/people.ts'

const id = 'public-groups-reviewed'
const unified = { groupTypes: ['Unified'] }
const given = (...groups: readonly unknown[]) => ({ groups })
const fine = given(group('a', unified), group('b', { ...unified, visibility: 'HiddenMembership' }), group('c', { visibility: 'Public' }))

describe(id, () => {
  it('passes for private groups, and for groups without content', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'private' })
  })

  it('warns about public groups, and about those whose visibility it does not know', () => {
    const some = given(
      group('a', { ...unified, visibility: 'Public' }),
      group('b', { ...unified, visibility: 'unknownFutureValue' }),
      group('c', { ...unified, visibility: null }),
    )
    expect(outcome(id, some).verdict).toBe('warn')
    expect(objectsOf(outcome(id, some))).toEqual(['a', 'b', 'c'])
    expect(sentences(id, some).slice(2)).toEqual([
      'Open to everybody in the organisation.',
      'Open to everybody in the organisation as far as can be told: its visibility is unknownFutureValue.',
      'Open to everybody in the organisation as far as can be told: its visibility is not given.',
    ])
  })

  unknownWithout(id, fine, ['groups'])
})
