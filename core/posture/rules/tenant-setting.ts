import type { Values, Verdict } from '../check.ts'
import { factKey } from '../fact.ts'

/** Verdict about one setting of the tenant. Null and undefined: Graph does not say, which is never a pass and never a failure. */
export function judgeSetting(fact: string, isRight: boolean | null | undefined, values: Values = {}): Verdict {
  if (isRight === null || isRight === undefined) return { verdict: 'manual', reason: 'notSaid', values }
  const basis = [factKey(fact, '')]
  return isRight ? { verdict: 'pass', reason: 'right', values, basis } : { verdict: 'fail', reason: 'wrong', values, objects: [], basis }
}

/** Whether a switch stands as wanted; null where Graph does not say how it stands. */
export function stands(value: boolean | null | undefined, wanted: boolean): boolean | null {
  return value === null || value === undefined ? null : value === wanted
}

/** Whether all are so. One that is not decides, before one of which Graph does not say. */
export function all(...answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false
  return answers.includes(null) ? null : true
}

export const notSaid = 'Microsoft Graph does not say how this is set. Look it up in the portal.'

/** Checks about a setting are about the tenant: no single object is affected. */
export const aboutTenant = 'It is a setting of the whole tenant.'
