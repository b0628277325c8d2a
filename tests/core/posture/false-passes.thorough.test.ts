import { describe, expect, it } from '@jest/globals'
import type { CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { factIds, factOf } from '../../../core/posture/facts.ts'
import type { FactRow } from '../../../core/posture/facts.ts'
import { judged } from '../../build/judged.ts'
import type { Given } from '../../build/judged.ts'
import { requiredFacts } from '../../build/required-facts.ts'
import { soundPolicies } from '../../build/sound-policies.ts'
import { soundLicences, soundSettings, soundTenant } from '../../build/sound-tenant.ts'
import { flipLists } from './flips/all.ts'
import { gone, hostileKinds, keptValue, withField } from './flips/flip.ts'
import type { Field, Flip, HostileKind } from './flips/flip.ts'
import { kinds, kindsBorne } from './flips/kinds.ts'
import { policyAttacks, policyAttacksBorne } from './flips/policy-attacks.ts'

/** A check must not be talked into passing: by what is missing or unknown, by another case of letters, or by a policy that only looks like one. */

const cases = flipLists.flatMap((list) =>
  Object.entries(list).map(([code, flip]) => {
    const check = checks.find((candidate) => candidate.code === code)
    if (!check) throw new Error(`There is no check ${code}.`)
    return { code, check, flip }
  }),
)
type Case = (typeof cases)[number]

function verdictOf(one: Case, given: Given): CheckResult['outcome']['verdict'] {
  return outcomeOf(one, given).verdict
}

function outcomeOf({ check, flip }: Case, given: Given): CheckResult['outcome'] {
  const [result] = judged(given, { checks: [check], settings: { ...soundSettings, ...flip.settings }, licences: soundLicences })
  if (!result) throw new Error(`The check ${check.id} gave no result.`)
  return result.outcome
}

function tenantOf({ given }: Flip): Given {
  return { ...soundTenant, ...given }
}

/** The tenant with the first deciding field changed, in which the check fails or warns. */
function failing({ flip }: Case): Given {
  const [field] = flip.fields
  const tenant = tenantOf(flip)
  return { ...tenant, [field.fact]: withField(tenant[field.fact], field, field.to) }
}

describe('the deciding field', () => {
  const fields = cases.flatMap((one) =>
    one.flip.fields.map((field) => ({ one, field, what: `${one.code} with ${field.fact}: ${field.path}` })),
  )

  it.each(fields)('$what absent, null, unknown or empty is no pass, unless the flip says why', ({ one, field }) => {
    const tenant = tenantOf(one.flip)
    const kept = keptValue(tenant[field.fact], field)
    const passing = hostileKinds.filter((kind) => {
      const to = hostileValue(kind, kept, field)
      if (to === undefined || JSON.stringify(to) === JSON.stringify(kept)) return false
      return verdictOf(one, { ...tenant, [field.fact]: withField(tenant[field.fact], field, to) }) === 'pass'
    })
    expect(passing).toEqual(hostileKinds.filter((kind) => kind in field.bears))
  })
})

function hostileValue(kind: HostileKind, kept: unknown, { to }: Field): unknown {
  const isText = typeof kept === 'string' || typeof to === 'string'
  const isList = Array.isArray(kept)
  if (kind === 'absent') return gone
  if (kind === 'null') return null
  if (kind === 'empty') return isList ? [] : isText ? '' : undefined
  const isListOfTexts = isList && kept.every((item) => typeof item === 'string')
  return isText ? 'unknownFutureValue' : isListOfTexts ? ['unknownFutureValue'] : undefined
}

describe('what fails', () => {
  const ids = new Set(Object.values(soundTenant).flatMap((rows) => (rows && typeof rows !== 'string' ? rows.flatMap(idsOf) : [])))

  it.each(cases)('$code fails as well when one fact writes ids in capitals', (one) => {
    const given = failing(one)
    const hidden = requiredFacts(one.check).filter((fact) => verdictOf(one, { ...given, [fact]: inCapitals(given[fact], ids) }) === 'pass')
    expect(hidden).toEqual([])
  })

  it.each(cases)('$code fails as well when what something is, is a word that we do not know', (one) => {
    const given = failing(one)
    const hidden = requiredFacts(one.check).flatMap((fact) =>
      (kinds[fact] ?? []).filter((path) => {
        const to = { ...given, [fact]: withWord(given[fact], path.split('.')) }
        return JSON.stringify(to[fact]) !== JSON.stringify(given[fact]) && verdictOf(one, to) === 'pass'
      }),
    )
    expect(hidden).toEqual(Object.keys(kindsBorne[one.code] ?? {}))
  })
})

/** Values of the members that hold an id. */
function idsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'string' ? (/^(id|.*Id)$/.test(name) ? [member] : []) : idsOf(member),
  )
}

function inCapitals(value: unknown, ids: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return ids.has(value) ? value.toUpperCase() : value
  if (Array.isArray(value)) return value.map((item) => inCapitals(item, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inCapitals(member, ids)]))
}

/** An unknown word at the path in every row; a star stands for each item of a list, and what is null stays. */
function withWord(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (Array.isArray(value))
    return value.map((item) => withWord(item, name === '*' ? rest : [name ?? '', ...rest].filter((part) => part !== '')))
  if (name === undefined) return typeof value === 'string' ? 'unknownFutureValue' : value
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value
  const members: Readonly<Record<string, unknown>> = { ...value }
  return { ...members, [name]: withWord(members[name], rest) }
}

describe('an answer without any row', () => {
  const never = factIds.filter((id) => factOf(id)?.neverEmpty)

  it.each(never)('%s is no reading, because every tenant has one', (fact) => {
    const asking = cases.filter(({ check }) => requiredFacts(check).includes(fact))
    expect(asking.length).toBeGreaterThan(0)
    for (const one of asking) {
      const outcome = outcomeOf(one, { ...tenantOf(one.flip), [fact]: [] })
      expect(outcome).toMatchObject({ verdict: 'unknown', reason: 'shape', fact, detail: expect.stringContaining('no row') })
    }
  })
})

describe('a policy that only looks like one', () => {
  const rest = judged(soundTenant, { settings: soundSettings, licences: soundLicences })
  const covering = cases.filter(({ check }) => {
    const outcome = rest.find(({ checkId }) => checkId === check.id)?.outcome
    return outcome?.verdict === 'pass' && outcome.basis.some((key) => /^conditionalAccessPolicies\/./.test(key))
  })

  it('is looked for by most checks of Conditional Access', () => {
    expect(covering.length).toBeGreaterThanOrEqual(22)
  })

  it.each(covering)('$code is not met by it', (one) => {
    const passing = Object.entries(policyAttacks).flatMap(([name, attack]) => {
      const policies = soundPolicies.map((policy): FactRow<'conditionalAccessPolicies'> | object => attack(policy))
      return verdictOf(one, { ...soundTenant, conditionalAccessPolicies: policies }) === 'pass' ? [name] : []
    })
    expect(passing).toEqual(Object.keys(policyAttacksBorne[one.code] ?? {}))
  })
})
