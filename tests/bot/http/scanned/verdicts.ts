import { reportSchema } from '../../../../core/report/json-schema.ts'
import { by } from '../../shared-stack.ts'

/** What the shown scan says of each check, by the check's id. */
export async function verdicts(): Promise<ReadonlyMap<string, string>> {
  const { checks } = reportSchema.parse((await by('ada').get('/api/reports/json')).body)
  return new Map(checks.map(({ id, verdict }) => [id, verdict]))
}

/** Ids of checks whose verdict is one of these. */
export function having(all: ReadonlyMap<string, string>, ...wanted: readonly string[]): string[] {
  return [...all].flatMap(([id, verdict]) => (wanted.includes(verdict) ? [id] : []))
}
