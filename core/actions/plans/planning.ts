import type { z } from 'zod'
import type { Json } from '../../digest.ts'
import type { Values } from '../../posture/check.ts'
import type { Change, Plan, PlanStep, Subject } from '../action.ts'

export type Refused = Extract<Plan, { kind: 'refused' }>
type Planned = Extract<Plan, { kind: 'plan' }>

export function refuse(reason: string, values: Values = {}): Refused {
  return { kind: 'refused', reason, values }
}

/** Parses one answer: `notFound` with the id for a 404, `unreadable` where Graph left out what is needed. */
export function parseAnswer<Row>(schema: z.ZodType<Row>, answer: Json | undefined, id: string): { kind: 'read'; row: Row } | Refused {
  if (answer === undefined) return refuse('notFound', { id })
  const parsed = schema.safeParse(answer)
  return parsed.success ? { kind: 'read', row: parsed.data } : refuse('unreadable')
}

export const unreadable = 'Graph answered without the fields that this needs, so nothing was planned.'

/** A plan of one step, about the plan's subject. */
export function planOne(
  subject: Subject,
  changes: Change | readonly Change[],
  step: Omit<PlanStep, 'about'>,
  preState: Json,
  warnings: Planned['warnings'] = [],
): Planned {
  return { kind: 'plan', subject, changes: [changes].flat(), steps: [{ ...step, about: subject }], preState, warnings }
}

/** A list with a filter, encoded as it is sent. */
export function filtered(path: string, filter: string, more = ''): string {
  return `${path}?$filter=${encodeURIComponent(filter)}${more}`
}
