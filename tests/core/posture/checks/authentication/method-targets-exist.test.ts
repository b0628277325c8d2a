import { methodTargetsExist } from '../../../../../core/posture/checks/authentication/method-targets-exist.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { group } from '../../../../build/people.ts'

const method = (change: object) => ({
  authenticationMethodsPolicy: [
    {
      id: 'authenticationMethodsPolicy',
      authenticationMethodConfigurations: [
        { id: 'Sms', state: 'enabled', includeTargets: [{ id: 'all_users' }], excludeTargets: [{ id: 'G' }], ...change },
      ],
    },
  ],
})

describeCheck(methodTargetsExist, { ...method({}), groups: [group('g')] }, [
  {
    name: 'fails when a group that was kept from a method is gone',
    given: { groups: [] },
    verdict: 'fail',
    reason: 'gone',
    objects: ['authenticationMethodsPolicy/Sms/excluded/G'],
    says: 'It is kept from the group G, which no longer exists.',
  },
  {
    name: 'fails when a group that a method is for is gone',
    given: method({ includeTargets: [{ id: 'h' }] }),
    verdict: 'fail',
    says: 'It is allowed for the group h',
  },
  { name: 'is unknown where the answer does not say who is left out', given: method({ excludeTargets: null }), verdict: 'unknown' },
])
