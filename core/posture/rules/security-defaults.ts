import type { Verdict } from '../check.ts'
import { factKey } from '../fact.ts'

/** Sentence for `besideDefaults`. */
export const defaultsReason = {
  securityDefaults: 'No policy does it, but security defaults are on and do it for everybody.',
} as const

/** The verdict, where security defaults do what no policy does: nothing stands open, and no policy can be switched on beside them. */
export function besideDefaults(verdict: Verdict, state: readonly { readonly isOn: boolean }[]): Verdict {
  if (verdict.verdict !== 'fail' || !state.some(({ isOn }) => isOn)) return verdict
  return { verdict: 'pass', reason: 'securityDefaults', values: {}, basis: [factKey('securityDefaults', '')] }
}
