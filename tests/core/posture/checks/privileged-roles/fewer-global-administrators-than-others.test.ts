import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding, member } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { roleFacts, roleIds, rolesGiven } from '../../../../build/people.ts'

const id = 'fewer-global-administrators-than-others'
const narrower = (...names: readonly string[]) => names.map((name) => holding(name, 'user', roleIds.userAdministrator))
const fine = rolesGiven([holding('a'), holding('b'), ...narrower('c', 'd')])

describe(id, () => {
  it('passes while narrower roles are at least as common', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', values: { count: 2, others: 2 } })
  })

  it('fails, naming them, once Global Administrators are more', () => {
    const given = rolesGiven([holding('a'), holding('b'), ...narrower('c')])
    const verdict = outcome(id, given)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'mostlyGlobal' })
    expect(objectsOf(verdict)).toEqual(['a', 'b'])
    expect(sentences(id, given)[1]).toBe(
      '2 people are Global Administrator or may become one; only 1 person holds a narrower privileged role instead.',
    )
  })

  it('fails outside the range of the baseline, however many hold narrower roles', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => holding(name))
    const given = rolesGiven([...many, ...narrower('f', 'g', 'h', 'i', 'j')])
    expect(outcome(id, given).verdict).toBe('pass')
    expect(outcome(id, given, { baseline: 'cis' })).toMatchObject({ verdict: 'fail', reason: 'outOfRange' })
    expect(outcome(id, rolesGiven([holding('a'), ...narrower('f')]))).toMatchObject({ verdict: 'fail', reason: 'outOfRange' })
  })

  it('counts people in groups, and neither applications nor roles that are not privileged', () => {
    const given = rolesGiven(
      [
        holding('a'),
        holding('b'),
        holding('s', 'servicePrincipal', roleIds.userAdministrator),
        holding('r', 'user', roleIds.reportsReader),
        holding('g', 'group', roleIds.userAdministrator),
      ],
      { roleGroupMembers: [member('g', 'c')] },
    )
    expect(outcome(id, given)).toMatchObject({ verdict: 'fail', values: { count: 2, others: 1 } })
  })

  it('is unknown while nobody can say what a holder is', () => {
    expect(outcome(id, rolesGiven([holding('a'), holding('b'), holding('x', null)]))).toMatchObject({ verdict: 'unknown', reason: 'shape' })
  })

  unknownWithout(id, fine, roleFacts)
})
