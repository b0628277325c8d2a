import { describe, expect, it } from '@jest/globals'
import { scubaPolicies } from '../../../core/data/scuba-policies.ts'
import type { Baseline } from '../../../core/posture/baseline.ts'
import { baselineOf } from '../../../core/posture/baselines.ts'
import { checks } from '../../../core/posture/checks.ts'
import { facts } from '../../../core/posture/facts.ts'
import { policyVerdicts, type PolicyVerdict } from '../../../core/posture/policy-verdicts.ts'
import { judged, type Given } from '../../build/judged.ts'

/** Recommendations of version 7.0 about what Entra ID holds and Graph v1.0 can be asked about, or names a person to look. */
const cisRecommendations = [
  ...['1.1.1', '1.1.2', '1.1.3', '1.1.4', '1.2.1', '1.3.1', '1.3.2'],
  ...['5.1.2.1', '5.1.2.2', '5.1.2.3', '5.1.2.4', '5.1.3.1', '5.1.3.4'],
  ...['5.1.4.1', '5.1.4.2', '5.1.4.3', '5.1.4.4', '5.1.4.5', '5.1.4.6'],
  ...['5.1.5.1', '5.1.5.2', '5.1.5.3', '5.1.5.4', '5.1.5.5', '5.1.5.6'],
  ...['5.1.6.1', '5.1.6.2', '5.1.6.3', '5.1.8.1'],
  ...Array.from({ length: 17 }, (_, index) => `5.2.2.${index + 1}`),
  ...Array.from({ length: 10 }, (_, index) => `5.2.3.${index + 1}`),
  ...Array.from({ length: 5 }, (_, index) => `5.3.${index + 1}`),
]

function named(id: string): Baseline {
  const found = baselineOf(id)
  if (!found) throw new Error(`There is no baseline ${id}.`)
  return found
}

const nothing: Given = Object.fromEntries(facts.map(({ id }) => [id, []]))
const without = { p1: 'absent', p2: 'absent' } as const

function verdictsOf(baseline: string, circumstances: object = {}): Readonly<Record<string, PolicyVerdict>> {
  return policyVerdicts(named(baseline), judged(nothing, { ...circumstances, baseline }))
}

/** Policies that Graph v1.0 cannot answer, so that a person has to look. */
const manual = {
  scuba: ['MS.AAD.2.2v1', 'MS.AAD.4.1v1', 'MS.AAD.8.3v1', 'MS.AAD.9.1v1'],
  cis: ['5.1.2.1', '5.1.6.1', '5.2.3.6', '5.2.3.10'],
}

describe.each([
  ['scuba', scubaPolicies.map(({ id }) => id), manual.scuba],
  ['cis', cisRecommendations, manual.cis],
])('the baseline %s', (id, ids, byHand) => {
  it('gives one verdict for each policy of the framework, and for no other', () => {
    expect(Object.keys(verdictsOf(id)).sort()).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says which a person has to look at, and where', () => {
    // Without any fact nothing else has an answer.
    const found = Object.entries(policyVerdicts(named(id), judged({}, { baseline: id }))).filter(([, { verdict }]) => verdict === 'manual')
    expect(found.map(([policy]) => policy).sort()).toEqual([...byHand].sort())
    for (const [policy, { reason, decidedBy }] of found) {
      const check = checks.find((candidate) => candidate.id === decidedBy)
      expect([policy, check?.reasons[reason]?.length ?? 0]).not.toEqual([policy, 0])
      expect([policy, check?.portal]).toEqual([policy, expect.stringMatching(/^https:/)])
    }
  })

  it('counts a licence that is absent as the framework does', () => {
    const missing = judged(nothing, { licences: without, baseline: id })
      .filter(({ outcome }) => outcome.verdict === 'notApplicable' && outcome.reason === 'licence')
      .map(({ checkId }) => checkId)
    const answers = policyVerdicts(named(id), judged(nothing, { licences: without, baseline: id }))
    const gated = Object.values(answers).filter(({ checks: answering }) => answering.every((checkId) => missing.includes(checkId)))
    expect(gated.length).toBeGreaterThan(5)
    for (const { verdict } of gated) expect(verdict).toBe(id === 'scuba' ? 'fail' : 'notApplicable')
    if (id === 'scuba')
      for (const { reason, verdict } of Object.values(answers)) expect([reason, verdict]).not.toEqual(['licence', 'notApplicable'])
  })

  it('is named by the checks that answer it, which leave out none that they answer alone', () => {
    const { policies } = named(id)
    const claimed = new Set(checks.flatMap(({ frameworks }) => frameworks[id === 'scuba' ? 'scuba' : 'cis'] ?? []))
    for (const policy of ids) expect([policy, claimed.has(policy), (policies[policy] ?? []).length > 0]).toEqual([policy, true, true])
  })
})

describe('CISA’s list of policies', () => {
  it('has 34, each with what it asks for', () => {
    expect(scubaPolicies).toHaveLength(34)
    for (const { id, criticality, text } of scubaPolicies) {
      expect(id).toMatch(/^MS\.AAD\.\d\.\dv\d$/)
      expect(text).toContain(criticality)
    }
  })
})

describe('parameters', () => {
  /** Names of the parameters in which two baselines differ. */
  function differ(left: Baseline, right: Baseline): readonly string[] {
    const flat = ({ parameters }: Baseline): ReadonlyMap<string, string> =>
      new Map(
        Object.entries(parameters).flatMap(([name, value]: [string, unknown]) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.entries(value).map(([inner, one]): [string, string] => [`${name}.${inner}`, JSON.stringify(one)])
            : [[name, JSON.stringify(value)] as [string, string]],
        ),
      )
    const [one, other] = [flat(left), flat(right)]
    return [...one.keys()].filter((name) => one.get(name) !== other.get(name))
  }

  it('are CISA’s own where our default asks for less', () => {
    expect(differ(named('default'), named('scuba'))).toEqual(['conditionalAccess.inOnePolicy'])
    expect(named('scuba').parameters).toMatchObject({
      globalAdministrators: { least: 2, most: 8 },
      conditionalAccess: { signInRiskLevels: ['high'], riskRemediationSuffices: false },
      authenticatorCodesAllowed: false,
      formerlySynchronisedCounts: true,
    })
  })

  it('are those of CIS where it asks for more, or for less', () => {
    expect(differ(named('scuba'), named('cis'))).toEqual([
      'globalAdministrators.most',
      'conditionalAccess.signInRiskLevels',
      'conditionalAccess.riskRemediationSuffices',
      'conditionalAccess.inOnePolicy',
      'guestRoleIds',
      'authenticatorCodesAllowed',
      'lowImpactConsentAllowed',
      'formerlySynchronisedCounts',
    ])
  })
})
