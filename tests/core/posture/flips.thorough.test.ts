import { describe, expect, it } from '@jest/globals'
import type { AnyCheck, CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import type { Licences } from '../../../core/posture/licences.ts'
import type { UnreadReason } from '../../../core/posture/fact.ts'
import { factIds, factOf } from '../../../core/posture/facts.ts'
import { neededFacts } from '../../../core/posture/judge-facts.ts'
import { judged } from '../../build/judged.ts'
import type { Given } from '../../build/judged.ts'
import { requiredFacts } from '../../build/required-facts.ts'
import { soundLicences, soundSettings, soundTenant } from '../../build/sound-tenant.ts'
import { manualCodes } from './catalogue-codes.ts'
import { flipLists } from './flips/all.ts'
import { differences, keptRows, withField } from './flips/flip.ts'
import type { Field, Flip } from './flips/flip.ts'

/** Each check that decides something, over a tenant in which it passes. */
const entries = flipLists.flatMap((list) => Object.entries(list))
const cases = checks.flatMap((check) => entries.flatMap(([code, flip]) => (code === check.code ? [{ code, check, flip }] : [])))
const fields = cases.flatMap(({ code, check, flip }) =>
  flip.fields.map((field) => ({ code, check, flip, field, what: `${field.fact}/${field.row}: ${field.path}` })),
)
const withoutReading = cases.flatMap(({ code, check, flip }) => requiredFacts(check).map((fact) => ({ code, check, flip, fact })))
const whyUnread: readonly UnreadReason[] = ['scope', 'role', 'graph', 'notYet', 'licence']

function tenantOf({ given }: Flip): Given {
  return { ...soundTenant, ...given }
}

function outcomeOf(check: AnyCheck, { settings }: Flip, given: Given, licences: Licences = soundLicences): CheckResult['outcome'] {
  const [result] = judged(given, { checks: [check], settings: { ...soundSettings, ...settings }, licences })
  if (!result) throw new Error(`The check ${check.id} gave no result.`)
  return result.outcome
}

function flipped(tenant: Given, field: Field): Given {
  return { ...tenant, [field.fact]: withField(tenant[field.fact], field, field.to) }
}

describe('every check', () => {
  it('has its flip, once, unless a person has to look', () => {
    const codes = entries.map(([code]) => code)
    expect([...codes].sort()).toEqual(
      checks
        .map(({ code }) => code)
        .filter((code) => !(code in manualCodes))
        .sort(),
    )
    expect(cases).toHaveLength(checks.length - Object.keys(manualCodes).length)
  })

  it('that decides nothing leaves to a person what Graph v1.0 cannot answer', () => {
    const results = judged(soundTenant, { settings: soundSettings, licences: soundLicences })
    const manual = checks.filter((_check, index) => results[index]?.outcome.verdict === 'manual').map(({ code }) => code)
    expect(manual.sort()).toEqual(Object.keys(manualCodes))
  })

  it.each(cases)('$code passes where all is as it should be', ({ check, flip }) => {
    expect(outcomeOf(check, flip, tenantOf(flip))).toMatchObject({ verdict: 'pass' })
  })
})

describe('one field changed', () => {
  it.each(fields)('$code reads $what, which the fact keeps', ({ check, flip, field }) => {
    expect(requiredFacts(check)).toContain(field.fact)
    const tenant = tenantOf(flip)
    const changed = flipped(tenant, field)
    expect(factIds.filter((id) => changed[id] !== tenant[id])).toEqual([field.fact])
    // Rows as the fact's schema keeps them, which drops whatever it does not name.
    const places = differences(keptRows(field.fact, tenant[field.fact]), keptRows(field.fact, changed[field.fact]))
    expect(places.length).toBeGreaterThan(0)
    const isHere = (place: string): boolean => `${place}.`.includes(`.${field.path}.`.replaceAll('~', '.'))
    expect(places.filter((place) => !isHere(place))).toEqual([])
  })

  it.each(fields)('$code no longer passes with another $what', ({ check, flip, field }) => {
    const outcome = outcomeOf(check, flip, flipped(tenantOf(flip), field))
    expect(outcome).toMatchObject({ verdict: field.verdict })
    if (check.each && 'objects' in outcome) expect(outcome.objects.length).toBeGreaterThan(0)
  })
})

describe('one fact taken away', () => {
  it.each(withoutReading)('$code is unknown without $fact, for whatever reason', ({ check, flip, fact }) => {
    const tenant = tenantOf(flip)
    for (const reason of whyUnread.filter((why) => why !== 'licence' || factOf(fact)?.licence))
      expect(outcomeOf(check, flip, { ...tenant, [fact]: reason })).toMatchObject({ verdict: 'unknown', reason, fact })
    // What was not asked for is not yet read.
    expect(outcomeOf(check, flip, { ...tenant, [fact]: undefined })).toMatchObject({ verdict: 'unknown', reason: 'notYet', fact })
  })

  it.each(withoutReading)('$code has a failure hidden by missing $fact, and is still unknown', ({ check, flip, fact }) => {
    const given = { ...flipped(tenantOf(flip), flip.fields[0]), [fact]: 'scope' }
    expect(outcomeOf(check, flip, given)).toMatchObject({ verdict: 'unknown', fact })
  })

  it.each(cases.filter(({ check }) => check.licence))('$code does not apply without its licence', ({ check, flip }) => {
    const absent = { p1: 'absent', p2: 'absent' } as const
    expect(outcomeOf(check, flip, tenantOf(flip), absent)).toMatchObject({ verdict: 'notApplicable', reason: 'licence' })
    expect(outcomeOf(check, flip, flipped(tenantOf(flip), flip.fields[0]), absent)).toMatchObject({ reason: 'licence' })
  })

  it.each(factIds.filter((id) => soundTenant[id] !== undefined))('%s changes no check that does not read it', (fact) => {
    const others = checks.filter((check) => !neededFacts([check]).has(fact))
    const all = (given: Given) => judged(given, { checks: others, settings: soundSettings, licences: soundLicences })
    expect(all({ ...soundTenant, [fact]: 'scope' })).toEqual(all(soundTenant))
  })
})
