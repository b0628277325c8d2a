import { expect, it } from '@jest/globals'
import type { ReadFactId } from '../../core/posture/facts.ts'
import type { Licence } from '../../core/posture/fact.ts'
import { explain } from '../../core/posture/explain.ts'
import { checkOf } from '../../core/posture/checks.ts'
import { outcome } from './judged.ts'
import type { Circumstances, Given } from './judged.ts'

/** What was not read makes a check unknown, whatever the other facts say. */
export function unknownWithout(checkId: string, given: Given, facts: readonly ReadFactId[], circumstances: Circumstances = {}): void {
  it.each(facts)('is unknown without %s', (fact) => {
    expect(outcome(checkId, { ...given, [fact]: 'scope' }, circumstances)).toMatchObject({ verdict: 'unknown', reason: 'scope', fact })
    expect(outcome(checkId, { ...given, [fact]: undefined }, circumstances)).toMatchObject({ verdict: 'unknown', reason: 'notYet', fact })
  })
}

/** A feature that the tenant has not bought cannot be judged. */
export function notApplicableWithout(licence: Licence, checkId: string, given: Given): void {
  it(`does not apply without ${licence}`, () => {
    const licences = licence === 'p2' ? ({ p1: 'present', p2: 'absent' } as const) : ({ p1: 'absent', p2: 'absent' } as const)
    expect(outcome(checkId, given, { licences })).toMatchObject({ verdict: 'notApplicable', reason: 'licence' })
  })
}

/** The reason and the sentence of each object, as a person reads them. */
export function sentences(checkId: string, given: Given, circumstances: Circumstances = {}): readonly string[] {
  const check = checkOf(checkId)
  if (!check) throw new Error(`There is no check ${checkId}.`)
  const explanation = explain(check, outcome(checkId, given, circumstances))
  return [explanation.title, explanation.reason, ...explanation.objects.map(({ sentence }) => sentence)]
}
