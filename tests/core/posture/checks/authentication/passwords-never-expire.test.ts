import { describe, expect, it } from '@jest/globals'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'

const id = 'passwords-never-expire'

function domain(name: string, passwordValidityPeriodInDays: number | null | 'notSaid' = 2147483647, change: object = {}) {
  return { id: name, authenticationType: 'Managed', isVerified: true, isRoot: true, passwordValidityPeriodInDays, ...change }
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { domains: [domain('contoso.com')] },
    wrong: [
      ['ninety days', { domains: [domain('contoso.com', 90), domain('b.com')] }],
      ['a root that expires', { domains: [domain('contoso.com', 90), domain('sub.contoso.com', null, { isRoot: false })] }],
      ['a subdomain whose root is not listed', { domains: [domain('sub.contoso.com', 30, { isRoot: false })] }],
    ],
    notSaid: [['left out', { domains: [domain('contoso.com', 'notSaid')] }]],
    notApplicable: [['federated only', { domains: [domain('contoso.com', 90, { authenticationType: 'Federated' })] }, 'federated']],
  })

  it('leaves it to a person where no domain is verified, and is unknown without any domain', () => {
    expect(outcome(id, { domains: [domain('new.com', 90, { isVerified: false })] })).toMatchObject({ verdict: 'manual', reason: 'notSaid' })
    expect(outcome(id, { domains: [] })).toMatchObject({ verdict: 'unknown', reason: 'shape', fact: 'domains' })
  })

  it('takes the default of the service, leaves subdomains to their root, and names what expires', () => {
    const sub = domain('sub.contoso.com', 30, { isRoot: false })
    expect(outcome(id, { domains: [domain('contoso.com', null), sub, domain('new.com', 5, { isVerified: false })] }).verdict).toBe('pass')
    const verdict = outcome(id, { domains: [domain('contoso.com'), domain('b.com', 90)] })
    expect(objectsOf(verdict)).toEqual(['b.com'])
    expect(sentence(id, verdict)).toContain('b.com')
  })
})
