import { implicitGrantOn } from '../../../../../core/posture/checks/applications/implicit-grant-on.ts'
import { registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

function web(access: boolean | null, id: boolean | null) {
  return { redirectUris: [], implicitGrantSettings: { enableAccessTokenIssuance: access, enableIdTokenIssuance: id } }
}

describeCheck(implicitGrantOn, { applications: [registered('a', { web: web(false, null) }), registered('b', { web: null })] }, [
  {
    name: 'warns on access tokens',
    given: { applications: [registered('a', { web: web(true, false) })] },
    verdict: 'warn',
    objects: ['a'],
    says: 'for access tokens.',
  },
  {
    name: 'warns on ID tokens',
    given: { applications: [registered('a', { web: web(null, true) })] },
    verdict: 'warn',
    says: 'for ID tokens.',
  },
  {
    name: 'names both',
    given: { applications: [registered('a', { web: web(true, true) })] },
    verdict: 'warn',
    says: 'access tokens and ID tokens',
  },
  {
    name: 'is unknown where it was not asked for',
    given: { applications: [registered('a', { web: undefined as never })] },
    verdict: 'unknown',
    reason: 'shape',
  },
])
