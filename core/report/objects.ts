import type { AffectedObject, AnyCheck } from '../posture/check.ts'
import { explain } from '../posture/explain.ts'
import type { CheckSummary, Outcome } from './report.ts'

/** Gives a check's whole verdict; undefined where it is no longer there. */
export type OutcomeSource = (checkId: string) => Promise<Outcome | undefined>

/** The whole verdict of a check that the report knows of. */
export async function whole(outcomeOf: OutcomeSource, { check }: CheckSummary): Promise<Outcome> {
  const outcome = await outcomeOf(check.id)
  if (!outcome) throw new Error(`The verdict of ${check.id} went away while the report was written.`)
  return outcome
}

/** Listed objects with their sentences. */
export function objectsOf(
  check: AnyCheck,
  outcome: Outcome,
  locale?: string,
): readonly { readonly object: AffectedObject; readonly sentence: string }[] {
  return explain(check, outcome, locale).objects
}
