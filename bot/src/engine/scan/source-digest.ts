import { z } from 'zod'
import { digest, type Json } from '@countersign/core/digest.ts'
import type { Fact } from '@countersign/core/posture/fact.ts'

const known = new WeakMap<Fact, string>()

/**
 * Names one way of reading a fact: its source and the shape of its rows. Rows read in another way may lack what is asked for today, so
 * that changes alone would not bring them up to date.
 */
export function sourceDigest(fact: Fact): string {
  const before = known.get(fact)
  if (before !== undefined) return before
  const { select, filter, expand, path } = fact.source
  const shapes = (['input', 'output'] as const).map((io) => z.toJSONSchema(fact.row, { io, unrepresentable: 'any' }))
  const made = digest(JSON.parse(JSON.stringify({ path, select, filter, expand, shapes })) as Json)
  known.set(fact, made)
  return made
}
