import type { Profile } from '../profile.ts'
import type { AnyProbe, Claim, Evidence, Judgement, Standing } from './claim.ts'

export interface Stood {
  readonly standing: Standing
  /** What the observation proves, with the probe's message; null where there is none to judge. */
  readonly judgement: Judgement | null
}

const hourMs = 3_600_000

/**
 * The standing of a claim now, from its newest evidence. Pure, so that a reader gets the same answer from the same evidence. Never proven: without
 * evidence, with evidence older than the probe allows, with evidence whose shape is not the probe's, or on a real deployment with evidence of the
 * emulator.
 */
export function standingOf(
  claim: Claim,
  probe: AnyProbe | undefined,
  evidence: Evidence | undefined,
  profile: Profile,
  now: number,
): Stood {
  if (claim.proof === 'statement' || claim.proof === 'document') return { standing: 'stated', judgement: null }
  if (!probe || !evidence || evidence.probeId !== probe.id) return { standing: 'unknown', judgement: null }
  if (evidence.environment !== profile.environment) return { standing: 'unknown', judgement: null }
  const observedAt = Date.parse(evidence.observedAt)
  // A time in the future is not evidence of now; a clock that is off by a minute is.
  if (Number.isNaN(observedAt) || observedAt > now + 60_000) return { standing: 'unknown', judgement: null }
  const judgement = judge(probe, evidence, profile, now)
  if (!judgement) return { standing: 'unknown', judgement: null }
  const isOld = now - observedAt > probe.maxAgeHours * hourMs
  const isGood = judgement.standing === 'proven' || judgement.standing === 'partly'
  return { standing: isOld && isGood ? 'stale' : judgement.standing, judgement }
}

/** Runs the pure half of a probe over stored evidence; undefined when the observation is not what the probe describes. */
export function judge(probe: AnyProbe, evidence: Evidence, profile: Profile, now: number): Judgement | undefined {
  const observation = probe.observation.safeParse(evidence.observation)
  // The probe's own schema has just parsed what its own function takes.
  return observation.success ? probe.stands(observation.data as never, profile, now) : undefined
}
