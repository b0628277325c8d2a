import { baselinesSchema, type BaselinesView } from '../../core/api/baselines.ts'
import { listSuppressions, type ShownSuppression } from '../../core/api/suppressions.ts'
import { baselineOf } from '../../core/posture/baselines.ts'
import type { Baseline } from '../../core/posture/baseline.ts'
import { defaultBaseline } from '../../core/posture/baselines/default.ts'
import { checks } from '../../core/posture/checks.ts'
import type { Override } from '../../core/posture/parameters/override.ts'
import { sampleNow } from './sample-posture.ts'
import { baselineLines, changeView, parameterViews } from '../../bot/src/http/views/baselines.ts'

const now = Date.parse(sampleNow)
const dayMs = 24 * 3_600_000
export function at(days: number): string {
  return new Date(now + days * dayMs).toISOString()
}

const ada = { by: '11111111-1111-4111-8111-111111111111', byName: 'Ada Lovelace' }

export const overrides: readonly Override[] = [
  { parameter: 'inactiveDays', value: 180, reason: 'Auditors come twice a year', at: at(-20), ...ada },
  { parameter: 'globalAdministratorsMost', value: 5, reason: 'Agreed with the works council', at: at(-3), ...ada },
]

const standings = ['met', 'notMet', 'cannotTell', 'partly', 'met', 'notApplicable'] as const
const verdicts = { met: 'pass', notMet: 'fail', partly: 'warn', cannotTell: 'unknown', notApplicable: 'notApplicable' } as const

function policiesOf(baseline: Baseline): BaselinesView['policies'] {
  return Object.entries(baseline.policies).map(([policy, ids], index) => {
    const standing = standings[index % standings.length] ?? 'met'
    const answering = ids.flatMap((id) => checks.filter((check) => check.id === id))
    const own = policy === 'MS.AAD.7.1v1' ? ['globalAdministratorsMost'] : []
    return {
      policy,
      standing,
      verdict: verdicts[standing],
      severity: 'high',
      reason:
        standing === 'cannotTell'
          ? 'Not read, a permission is missing (scope): devices. Policy.Read.All would show it.'
          : `${answering[0]?.title ?? ''}.`,
      checks: answering.map(({ id, code, title }) => ({ id, code, title })),
      ownValues: own,
    }
  })
}

/** The section's data for a baseline with these values of the tenant's own, as the service's own views make it. */
export function baselinesView(
  id: string,
  own: readonly Override[],
  { mayDeclare, judged }: { readonly mayDeclare: boolean; readonly judged: 'now' | 'before' | 'never' },
): BaselinesView {
  const baseline = baselineOf(id) ?? defaultBaseline
  const chosen = {
    what: 'chosen',
    baselineId: 'scuba',
    parameter: null,
    value: null,
    before: null,
    reason: 'Asked for by our insurer',
    at: at(-40),
    ...ada,
  } as const
  const history = [
    ...own.map(
      ({ parameter, value, reason, at: then }) =>
        ({ what: 'set', baselineId: id, parameter, value, before: null, reason, at: then, ...ada }) as const,
    ),
    ...(id === 'default' ? [] : [{ ...chosen, baselineId: id }]),
  ].map((change) => changeView(change, 'en'))
  return baselinesSchema.parse({
    chosen: { id, title: baseline.title, choice: history.find(({ what }) => what === 'chosen') ?? null },
    baselines: baselineLines('en'),
    parameters: parameterViews(baseline, own, 'en'),
    overrides: own,
    judged: judged === 'never' ? null : { scanId: 'scan-1', at: at(-0.1), isCurrent: judged === 'now' },
    policies: judged === 'now' ? policiesOf(baseline) : [],
    history,
    mayDeclare,
  })
}

function suppression(index: number, about: Partial<ShownSuppression>): ShownSuppression {
  return {
    id: `22222222-2222-4222-8222-${String(index).padStart(12, '0')}`,
    checkId: 'app-secret-expired',
    code: 'APP-01',
    title: 'No app registration has an expired secret',
    findingKey: `app-secret-expired:object-${index}/key`,
    objectName: 'Payroll Sync',
    reason: 'Replaced with the new payroll in January',
    owner: 'Jonas Berg',
    by: ada.by,
    byName: ada.byName,
    at: at(-12),
    until: at(60),
    state: 'active',
    endedAt: null,
    endedByName: null,
    endedBecause: null,
    covers: 1,
    verdict: 'fail',
    ...about,
  }
}

export const suppressions: readonly ShownSuppression[] = [
  suppression(1, {}),
  suppression(2, {
    checkId: 'guests-in-use',
    code: 'GU-04',
    title: 'Guests who no longer come are taken out',
    findingKey: null,
    objectName: null,
    reason: 'The partner programme ends in spring',
    owner: ada.byName,
    covers: 14,
  }),
  suppression(3, { objectName: 'Old Intranet', covers: 0, verdict: 'pass', reason: 'Switched off soon' }),
  suppression(4, {
    state: 'lifted',
    endedAt: at(-1),
    endedByName: 'Jonas Berg',
    endedBecause: 'Replaced',
    covers: 0,
    objectName: 'Mailer',
  }),
  suppression(5, { state: 'expired', at: at(-100), until: at(-2), endedAt: at(-2), covers: 0, objectName: 'Scanner of the front desk' }),
]

export function suppressionsView(
  {
    suppressions: list,
    inScore,
    maySuppress,
    mayDeclare,
    judgedByBaseline,
  }: {
    readonly suppressions: readonly ShownSuppression[]
    readonly inScore: 'open' | 'leftOut'
    readonly maySuppress: boolean
    readonly mayDeclare: boolean
    readonly judgedByBaseline: 'now' | 'before' | 'never'
  },
  state: 'active' | 'ended',
) {
  const shown = list.filter((one) => (one.state === 'active') === (state === 'active'))
  return listSuppressions.answer.parse({
    suppressions: shown,
    total: shown.length,
    findings: shown.reduce((sum, { covers = 0 }) => sum + covers, 0),
    inScore,
    scores: judgedByBaseline === 'never' ? null : { open: 61.4, leftOut: 66.9 },
    maySuppress,
    mayChooseCounting: mayDeclare,
  })
}
