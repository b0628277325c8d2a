import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import type { Row, TripCase, TripTenant } from './trip-case.ts'

/** Everything in the collections that a case may change, without what Graph gives anew: equal texts are equal states. */
export async function asSeen(tenant: TripTenant, { changes, renewed = [] }: TripCase): Promise<string> {
  const lines: string[] = []
  for (const path of changes) {
    const rows = (await tenant.rows(path)).map((row) => `${path} ${canonicalJson(without(row, renewed))}`)
    lines.push(...rows.sort())
  }
  return lines.join('\n')
}

/** Of every row of the emulator is JSON. */
function without(row: Row, names: readonly string[]): Json {
  return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))))) as Json
}
