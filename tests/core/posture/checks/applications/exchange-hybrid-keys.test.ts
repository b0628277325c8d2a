import { exchangeHybridKeys } from '../../../../../core/posture/checks/applications/exchange-hybrid-keys.ts'
import { certificate, enterprise } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays } from '../../../../build/facts.ts'

describeCheck(
  exchangeHybridKeys,
  {
    servicePrincipals: [
      enterprise('x', { appId: '00000002-0000-0ff1-ce00-000000000000' }),
      enterprise('s', { keyCredentials: [certificate('k', inDays(9))] }),
    ],
  },
  [
    {
      name: 'fails on a certificate',
      given: {
        servicePrincipals: [
          enterprise('x', { appId: '00000002-0000-0FF1-CE00-000000000000', keyCredentials: [certificate('k', inDays(9))] }),
        ],
      },
      verdict: 'fail',
      objects: ['x'],
    },
  ],
)
