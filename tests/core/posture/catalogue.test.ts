import { describe, expect, it } from '@jest/globals'
import { frameworks } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { explain } from '../../../core/posture/explain.ts'
import { factIds, factOf } from '../../../core/posture/facts.ts'
import { findAction } from '../../../core/actions/catalogue.ts'
import { judged } from '../../build/judged.ts'
import type { Given } from '../../build/judged.ts'
import { requiredFacts } from '../../build/required-facts.ts'
import { soundTenant } from '../../build/sound-tenant.ts'
import { catalogueCodes, manualCodes, ownCodes } from './catalogue-codes.ts'

/** Every fact was read, and holds nothing but what no tenant is without. */
const nothing: Given = Object.fromEntries(factIds.map((id) => [id, factOf(id)?.neverEmpty ? soundTenant[id] : []]))

describe('the catalogue', () => {
  it('has 164 codes and those of the own identity, each exactly once, in order', () => {
    expect(catalogueCodes).toHaveLength(164)
    expect(checks.map(({ code }) => code).sort()).toEqual([...catalogueCodes, ...ownCodes].sort())
  })

  it('leaves to a person only what v1.0 does not offer, and says what it is and where to look', () => {
    const manual = judged(nothing).filter(({ outcome }) => outcome.verdict === 'manual' && outcome.reason === 'look')
    const found = manual.map(({ checkId }) => checks.find(({ id }) => id === checkId)?.code)
    // Without any address there is nothing to look up.
    expect(found.sort()).toEqual(Object.keys(manualCodes).filter((code) => code !== 'APP-26'))
    for (const [code, { where, row }] of Object.entries(manualCodes)) {
      const check = checks.find((candidate) => candidate.code === code)
      const look = check?.reasons['look'] ?? ''
      for (const text of [row, look]) expect(`${code} ${text}`).toMatch({ beta: /\bbeta\b/, azure: /Azure/, dns: /DNS/ }[where])
      expect(`${code} ${look}`).toMatch(/ Look (at|for) /)
      expect(check?.portal).toMatch(/^https:\/\/(entra|security|portal\.azure|admin)\./)
    }
  })

  it.each(checks.map((check) => [check.code, check] as const))('%s says why, what to do in order and where', (_code, check) => {
    expect(check.why.length).toBeGreaterThan(40)
    expect(check.remediation.length).toBeGreaterThanOrEqual(1)
    expect(check.portal).toMatch(/^https:\/\//)
    if (check.fix) expect(findAction(check.fix.action)).toBeDefined()
  })

  it('names controls of ISO 27001 and SOC 2 for every code, and frameworks that it knows only', () => {
    const bare = checks.filter((check) => (check.frameworks.iso27001 ?? []).length === 0 || (check.frameworks.soc2 ?? []).length === 0)
    expect(bare.map(({ code }) => code)).toEqual([])
    for (const check of checks) {
      expect(Object.keys(check.frameworks).filter((name) => !frameworks.some((known) => known === name))).toEqual([])
      for (const id of check.frameworks.iso27001 ?? []) expect(id).toMatch(/^A\.[58]\.\d{1,2}$/)
      for (const id of check.frameworks.soc2 ?? []) expect(id).toMatch(/^CC[67]\.\d$/)
      for (const ids of Object.values(check.frameworks)) expect(new Set(ids).size).toBe(ids.length)
    }
  })
})

describe('without a fact', () => {
  const cases = checks.flatMap((check) => requiredFacts(check).map((fact) => [check.code, fact, check] as const))

  it('is asked of every check that reads anything', () => {
    const asked = new Set(cases.map(([code]) => code))
    const silent = checks.filter(({ code }) => !asked.has(code)).map(({ code }) => code)
    expect(silent.sort()).toEqual(Object.keys(manualCodes).filter((code) => code !== 'APP-26'))
  })

  it.each(cases)('%s is unknown without %s', (_code, fact, check) => {
    const [result] = judged({ ...nothing, [fact]: 'scope' }, { checks: [check] })
    expect(result?.outcome).toMatchObject({ verdict: 'unknown', reason: 'scope', fact })
    if (!result) throw new Error('The check gave no result.')
    expect(explain(check, result.outcome).reason).not.toBe('')
  })
})
