import { baselineOf } from '../../core/posture/baselines.ts'
import type { AnyCheck, CheckResult } from '../../core/posture/check.ts'
import { checks } from '../../core/posture/checks.ts'
import type { Fact, UnreadReason } from '../../core/posture/fact.ts'
import type { ReadFactId } from '../../core/posture/facts.ts'
import { facts } from '../../core/posture/facts.ts'
import { startJudging } from '../../core/posture/judge.ts'
import { notKnownLicences } from '../../core/posture/licences.ts'
import type { Licences } from '../../core/posture/licences.ts'
import type { FactReading, Readings } from '../../core/posture/reading.ts'
import { unread } from '../../core/posture/reading.ts'
import { defaultSettings } from '../../core/posture/settings.ts'
import type { Settings } from '../../core/posture/settings.ts'
import { now } from './facts.ts'

/** Rows of facts as a test gives them; a reason instead of rows stands for a fact that was not read. */
export type Given = { readonly [Id in ReadFactId]?: readonly unknown[] | UnreadReason | undefined }

export interface Circumstances {
  readonly settings?: Settings
  readonly licences?: Licences
  readonly baseline?: string
  readonly checks?: readonly AnyCheck[]
  readonly now?: number
}

/** A few checks of every shape, for tests of what all checks have in common; the list of the product grows. */
export const exampleChecks: readonly AnyCheck[] = [
  'app-secret-expired',
  'app-secret-expires-soon',
  'legacy-authentication-blocked',
  'global-administrator-count',
].flatMap((id) => checks.filter((check) => check.id === id))

/** Results of a judgement over given rows. */
export function judged(given: Given, circumstances: Circumstances = {}): readonly CheckResult[] {
  const baseline = baselineOf(circumstances.baseline ?? 'default')
  if (!baseline) throw new Error(`There is no baseline ${circumstances.baseline}.`)
  const judging = startJudging({
    checks: circumstances.checks ?? checks,
    readings: readings(given),
    now: circumstances.now ?? now,
    settings: circumstances.settings ?? defaultSettings,
    baseline,
    licences: circumstances.licences ?? notKnownLicences,
  })
  const list: readonly Fact[] = facts
  for (const { id, held } of list) {
    const rows = given[id as ReadFactId]
    if (held === 'streamed' && rows !== undefined && typeof rows !== 'string') for (const row of rows) judging.accept(id, row)
  }
  return judging.finish()
}

export function readings(given: Given): Readings {
  const read = (rows: readonly unknown[] | UnreadReason): FactReading =>
    typeof rows === 'string' ? unread(rows, `test: ${rows}`) : { state: 'read', asOf: '2026-11-01T00:00:00Z', rows }
  return Object.fromEntries(Object.entries(given).flatMap(([id, rows]) => (rows === undefined ? [] : [[id, read(rows)]])))
}

/** Outcome of one check. */
export function outcome(checkId: string, given: Given, circumstances: Circumstances = {}): CheckResult['outcome'] {
  const result = judged(given, circumstances).find((candidate) => candidate.checkId === checkId)
  if (!result) throw new Error(`The check ${checkId} gave no result.`)
  return result.outcome
}

/** Objects of a verdict, as `id/part`. */
export function objectsOf(verdict: CheckResult['outcome']): readonly string[] {
  return 'objects' in verdict ? verdict.objects.map(({ id, part }) => (part === undefined ? id : `${id}/${part}`)) : []
}
