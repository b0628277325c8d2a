import type { AnyCheck } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'

const tenantCheck: AnyCheck | undefined = checks.find(({ id }) => id === 'app-secret-expired')
const rowCheck: AnyCheck | undefined = checks.find(({ id }) => id === 'app-secret-expires-soon')
if (!tenantCheck || !rowCheck) throw new Error('The checks that these tests are made of are gone.')

/** One check of each shape, beside others of other areas; only what a comparison looks at matters. */
export const checksForCompare: readonly AnyCheck[] = [
  { ...tenantCheck, id: 'whole', area: 'applications', severity: 'high' },
  { ...rowCheck, id: 'rows', area: 'applications', severity: 'medium', worseWhen: { days: 'lower' } },
  { ...tenantCheck, id: 'other', area: 'privilegedRoles', severity: 'critical', worseWhen: { days: 'higher' } },
  { ...tenantCheck, id: 'informs', area: 'devicesAndSync', severity: 'info' },
]
