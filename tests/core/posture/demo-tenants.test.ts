import { beforeAll, describe, expect, it } from '@jest/globals'
import { contosoVerdicts } from '../../../emulator/tenants/contoso-verdicts.ts'
import type { CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { explain } from '../../../core/posture/explain.ts'
import { factOf } from '../../../core/posture/facts.ts'
import { parseRow } from '../../../core/posture/parse.ts'
import { judgeDemoTenant, readDemoTenant } from '../../build/demo-tenant.ts'
import type { DemoTenant } from '../../build/demo-tenant.ts'
import { manualCodes } from './catalogue-codes.ts'

type Judged = { readonly tenant: DemoTenant; readonly byCode: ReadonlyMap<string, CheckResult['outcome']> }

const tenants = new Map<string, Judged>()
const names = ['contoso-demo', 'hardened'] as const

beforeAll(async () => {
  for (const name of names) {
    const tenant = await readDemoTenant(name)
    const codes = new Map(checks.map(({ id, code }) => [id, code]))
    const byCode = new Map(judgeDemoTenant(tenant).map(({ checkId, outcome }) => [codes.get(checkId) ?? checkId, outcome] as const))
    tenants.set(name, { tenant, byCode })
  }
})

function judgedOf(name: string): Judged {
  const found = tenants.get(name)
  if (!found) throw new Error(`${name} was not judged.`)
  return found
}

function codesWith(name: string, ...verdicts: readonly string[]): readonly string[] {
  return [...judgedOf(name).byCode].filter(([, { verdict }]) => verdicts.includes(verdict)).map(([code]) => code)
}

describe('contoso-demo', () => {
  it('is judged as it was planted, at least a hundred checks for a reason of their own', () => {
    const { byCode } = judgedOf('contoso-demo')
    const decided = [...byCode].flatMap(([code, { verdict }]) => (['pass', 'warn', 'fail'].includes(verdict) ? [`${code} ${verdict}`] : []))
    expect(decided.sort()).toEqual(
      Object.entries(contosoVerdicts)
        .map(([code, [verdict]]) => `${code} ${verdict}`)
        .sort(),
    )
    expect(decided.length).toBeGreaterThanOrEqual(100)
    for (const [, because] of Object.values(contosoVerdicts)) expect(because).toMatch(/^[A-Z].{10,}\.$/)
  })

  it('leaves undecided only what needs a person, a licence, an account or a connected Aid', () => {
    expect(codesWith('contoso-demo', 'unknown')).toEqual([])
    // AM-07 is in no v1.0 metadata, and Graph may leave it out.
    expect([...codesWith('contoso-demo', 'manual')].sort()).toEqual([...Object.keys(manualCodes), 'AM-07'].sort())
    const absent = ['CA-34', 'CA-35', 'AM-13', 'AID-01', 'AID-02', 'AID-03', 'AID-04', 'AID-05']
    expect([...codesWith('contoso-demo', 'notApplicable')].sort()).toEqual(absent.sort())
  })
})

describe('hardened', () => {
  it('fails nothing; warns only that nobody declared the emergency accounts, or left them out', () => {
    expect(codesWith('hardened', 'fail', 'unknown')).toEqual([])
    expect(codesWith('hardened', 'warn')).toEqual(['CA-27', 'PR-23'])
    const manual = Object.keys(manualCodes).filter((code) => code !== 'APP-26')
    expect([...codesWith('hardened', 'manual')].sort()).toEqual([...manual, 'AM-07'].sort())
    const absent = ['CA-35', 'AM-03', 'AM-13', 'PW-03', 'HY-01', 'HY-02', 'HY-03', 'AID-01', 'AID-02', 'AID-03', 'AID-04', 'AID-05']
    expect([...codesWith('hardened', 'notApplicable')].sort()).toEqual(absent.sort())
  })
})

describe('both tenants together', () => {
  it('show each check that decides something from both sides, but for those whose own tests do', () => {
    const passes = new Set([...codesWith('hardened', 'pass'), ...codesWith('contoso-demo', 'pass')])
    const found = new Set([...codesWith('contoso-demo', 'fail', 'warn'), ...codesWith('hardened', 'fail', 'warn')])
    const oneSided = checks.map(({ code }) => code).filter((code) => !(code in manualCodes) && !(passes.has(code) && found.has(code)))
    // No Aid, no licence, no account; and what stands well in both, most of it settings (flips.thorough.test.ts).
    const apart = ['AID-01', 'AID-02', 'AID-03', 'AID-04', 'AID-05', 'AM-03', 'AM-07', 'AM-13', 'CA-34', 'CA-35', 'HY-02', 'PR-23', 'PW-03']
    const well = [
      'APP-35',
      'APP-39',
      'AM-15',
      'CA-28',
      'CA-33',
      'DV-01',
      'DV-04',
      'GU-01',
      'GU-02',
      'GU-07',
      'HY-01',
      'HY-03',
      'IT-01',
      'PR-09',
    ]
    const settings = ['PR-17', 'US-04', 'US-05', 'US-07', 'US-08', 'US-09', 'US-10']
    expect(oneSided.sort()).toEqual([...apart, ...well, ...settings].sort())
  })
})

describe.each(names)('what is said about %s', (name) => {
  it('rests on stored facts, key by key', () => {
    const { tenant, byCode } = judgedOf(name)
    const keys = new Map<string, ReadonlySet<string>>()
    const lost: string[] = []
    for (const check of checks) {
      const outcome = byCode.get(check.code)
      if (!outcome) throw new Error(`${check.code} was not judged.`)
      const { reason, basis, objects } = explain(check, outcome)
      expect(reason).toMatch(/^[^{}]{6,}$/)
      if (['pass', 'warn', 'fail'].includes(outcome.verdict)) expect(`${check.code} ${basis.length > 0}`).toBe(`${check.code} true`)
      for (const object of objects) {
        expect(object.sentence).toMatch(/^[^{}]{5,}$/)
        expect(object.basis.length).toBeGreaterThan(0)
      }
      for (const key of [...basis, ...objects.flatMap((object) => object.basis)]) {
        const [fact = '', ...rest] = key.split('/')
        const row = rest.join('/')
        if (row === '' ? !isRead(tenant, fact) : !keysOf(tenant, fact, keys).has(row)) lost.push(`${check.code} ${key}`)
      }
    }
    expect(lost).toEqual([])
  })
})

function rowsOf({ given }: DemoTenant, fact: string): readonly unknown[] | string | undefined {
  return (given as Readonly<Record<string, readonly unknown[] | string | undefined>>)[fact]
}

function isRead(tenant: DemoTenant, fact: string): boolean {
  return Array.isArray(rowsOf(tenant, fact))
}

function keysOf(tenant: DemoTenant, id: string, known: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const before = known.get(id)
  if (before) return before
  const fact = factOf(id)
  const rows = rowsOf(tenant, id)
  const list = fact && Array.isArray(rows) ? rows.map((row, index) => parseRow(fact, row, index)) : []
  const found = new Set(list.flatMap((parsed) => (parsed.ok && fact ? [fact.key(parsed.row)] : [])))
  known.set(id, found)
  return found
}
