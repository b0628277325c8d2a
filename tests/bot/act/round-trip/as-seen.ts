import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import type { Row, TripCase, TripTenant } from './trip-case.ts'

/** Texts by row, because most rows are the same ones each time; by row alone, then by what is left out. */
const texts = new WeakMap<Row, Map<string, string>>()

/** Everything in the collections that a case may change, without what Graph gives anew: equal texts are equal states. */
export async function asSeen(tenant: TripTenant, { changes, renewed = [] }: TripCase): Promise<string> {
  const lines: string[] = []
  for (const path of changes) lines.push(...(await tenant.rows(path)).map((row) => `${path} ${textOf(row, renewed)}`).sort())
  return lines.join('\n')
}

function textOf(row: Row, renewed: readonly string[]): string {
  const known = texts.get(row) ?? new Map<string, string>()
  texts.set(row, known)
  const key = renewed.join()
  const text = known.get(key) ?? canonicalJson(without(row, renewed))
  known.set(key, text)
  return text
}

/** Every row of the emulator is JSON. */
function without(row: Row, names: readonly string[]): Json {
  return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))))) as Json
}
