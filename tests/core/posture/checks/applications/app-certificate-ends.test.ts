import { describe, expect, it } from '@jest/globals'
import { appCertificateEnds } from '../../../../../core/posture/checks/applications/app-certificate-ends.ts'
import { certificate, enterprise, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays, secret } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'

describeCheck(
  appCertificateEnds,
  { applications: [registered('a', { keyCredentials: [certificate('k', inDays(31))] })], servicePrincipals: [enterprise('s')] },
  [
    {
      name: 'fails when one has ended',
      given: { applications: [registered('a', { keyCredentials: [certificate('k', inDays(-1))] })] },
      verdict: 'fail',
      objects: ['a/k'],
      says: 'ended on October 31, 2026',
    },
    {
      name: 'fails within a week, and lists what ends within a month',
      given: { applications: [registered('a', { keyCredentials: [certificate('k', inDays(5)), certificate('l', inDays(20))] })] },
      verdict: 'fail',
      objects: ['a/k', 'a/l'],
    },
    {
      name: 'warns within a month, on enterprise applications too',
      given: { servicePrincipals: [enterprise('s', { keyCredentials: [certificate('k', inDays(20), 300, null)] })] },
      verdict: 'warn',
      objects: ['s/k'],
      says: 'without a name',
    },
    {
      name: 'counts a pair that signs and verifies once',
      given: {
        applications: [
          registered('a', { keyCredentials: [{ ...certificate('K', inDays(1)), usage: 'Sign' }, certificate('k', inDays(1))] }),
        ],
        servicePrincipals: [
          enterprise('s', { keyCredentials: [{ ...certificate('signs', inDays(1)), usage: 'Sign' }, certificate('verifies', inDays(1))] }),
        ],
      },
      verdict: 'fail',
      objects: ['a/k', 's/verifies'],
    },
    {
      name: 'counts a key that signs and has no other half',
      given: {
        servicePrincipals: [
          enterprise('s', { keyCredentials: [{ ...certificate('signs', inDays(1)), usage: 'Sign' }, certificate('other', inDays(40))] }),
        ],
      },
      verdict: 'fail',
      objects: ['s/signs'],
    },
    {
      name: 'does not look at secrets',
      given: { applications: [registered('a', { passwordCredentials: [secret('k', inDays(1))] })] },
      verdict: 'pass',
    },
  ],
)

describe('app-certificate-ends', () => {
  it('offers to remove what has ended from a registration, and nothing else', () => {
    const verdict = outcome('app-certificate-ends', {
      applications: [registered('a', { keyCredentials: [certificate('k', inDays(-1)), certificate('l', inDays(1))] })],
      servicePrincipals: [enterprise('s', { keyCredentials: [certificate('m', inDays(-1), 300, null)] })],
    })
    const objects = 'objects' in verdict ? verdict.objects : []
    expect(objects.map((object) => [object.part, appCertificateEnds.fix?.input(object)])).toEqual([
      ['k', { applicationId: 'a', keyId: 'k' }],
      ['l', undefined],
      ['m', undefined],
    ])
  })
})
