import { planContext } from './action-cases.ts'

/** An ISO time that many days after a plan is made. */
export function inDaysOfPlan(days: number): string {
  return new Date(planContext.now + days * 24 * 60 * 60 * 1000).toISOString()
}
