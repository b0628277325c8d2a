import { secureScoreControls } from '../../../../../core/posture/checks/authentication/secure-score-controls.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

const score = (id: string, createdDateTime: string, ...points: readonly (readonly [string, number, string?])[]) => ({
  id,
  createdDateTime,
  controlScores: points.map(([controlName, value, controlCategory = 'Identity']) => ({ controlName, controlCategory, score: value })),
})
const today = score('t2', '2026-10-31T00:00:00Z', ['MFA', 4], ['Legacy', 10], ['Labels', 0, 'Data'])

describeCheck(secureScoreControls, { secureScores: [score('t1', '2026-10-30T00:00:00Z', ['MFA', 0]), today] }, [
  {
    name: 'warns about a control without points on the last day',
    given: { secureScores: [today, score('t3', '2026-11-01T00:00:00Z', ['MFA', 0], ['Legacy', 10])] },
    verdict: 'warn',
    reason: 'without',
    objects: ['MFA'],
    says: 'On 2026-11-01, 1 of 2 identity controls had no points: MFA.',
  },
  { name: 'does not apply without a score', given: { secureScores: [] }, verdict: 'notApplicable', reason: 'noScore' },
])
