import { beforeAll, describe, expect, it } from '@jest/globals'
import { checks } from '../../../core/posture/checks.ts'
import { factIds } from '../../../core/posture/facts.ts'
import { neededFacts } from '../../../core/posture/judge-facts.ts'
import { readDemoTenant } from '../../build/demo-tenant.ts'
import type { DemoTenant } from '../../build/demo-tenant.ts'
import { judged } from '../../build/judged.ts'
import type { Given } from '../../build/judged.ts'
import { flips } from './flips.ts'

/** Settings of the tenant that stand well in the neglected demo tenant too, so that no planted data shows what decides them. */
const settings = ['APP-39', 'AM-15', 'GU-01', 'GU-02', 'US-04', 'US-05', 'US-07', 'US-08', 'US-09', 'US-10', 'DV-01', 'DV-04', 'IT-01']

let tenant: DemoTenant

beforeAll(async () => {
  tenant = await readDemoTenant('hardened')
})

describe('one field changed', () => {
  it.each(settings)('%s no longer passes', (code) => {
    const check = checks.find((candidate) => candidate.code === code)
    if (!check) throw new Error(`There is no check ${code}.`)
    const needed = factIds.filter((id) => neededFacts([check]).has(id) && id !== 'subscribedSkus')
    const given: Given = Object.fromEntries(needed.map((id) => [id, tenant.given[id]]))
    const verdictOf = (change: Given) => judged({ ...given, ...change }, { checks: [check], now: tenant.now })[0]?.outcome.verdict
    expect(verdictOf({})).toBe('pass')
    const found = needed.some((id) =>
      [...flips(tenant.given[id])].some((rows) => ['fail', 'warn'].includes(verdictOf({ [id]: rows }) ?? '')),
    )
    expect(found).toBe(true)
  })
})
