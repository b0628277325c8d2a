import { getTrust, refreshEvidence, type Trust } from '@countersign/core/api/trust.ts'
import type { Profile } from '@countersign/core/profile.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { standings, type Claim, type Evidence, type Standing } from '@countersign/core/trust/claim.ts'
import { claims } from '@countersign/core/trust/claims.ts'
import { findProbe } from '@countersign/core/trust/probes.ts'
import { standingOf } from '@countersign/core/trust/standing.ts'
import { attest } from '../../engine/attest.ts'
import type { Store } from '../../store/database.ts'
import { newestEvidence } from '../../store/evidence.ts'
import { activeSponsor } from '../../store/sponsors.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer } from '../problem.ts'
import { sponsorSentence } from '../views/sponsor.ts'

export interface TrustDependencies {
  readonly store: Store
  readonly profile: Profile
  readonly now: () => number
}

const topicTitles = {
  access: 'Access to your tenant',
  data: 'Data',
  isolation: 'Isolation',
  ai: 'Artificial intelligence',
  exit: 'Leaving',
} as const satisfies Record<Claim['topic'], string>

export function trustRoutes(deps: TrustDependencies): Handler[] {
  const view = async (call: {
    readonly signedIn: { readonly principal: Parameters<typeof attest>[1] }
    readonly locale: string
  }): Promise<Trust> => {
    const { evidence, sponsor } = await readTx(deps.store, call.signedIn.principal, async (tx) => ({
      evidence: await newestEvidence(tx),
      sponsor: await activeSponsor(tx),
    }))
    return { ...trustView(evidence, deps.profile, deps.now(), call.locale), scans: { sentence: sponsorSentence(sponsor, call.locale) } }
  }
  return [
    serve(getTrust, async (call) => answer(await view(call))),
    serve(refreshEvidence, async (call) => {
      await attest(deps, call.signedIn.principal)
      return answer(await view(call))
    }),
  ]
}

/** The Trust Center as data: every claim of this profile with its standing now. Pure. */
export function trustView(evidence: readonly Evidence[], profile: Profile, now: number, locale: string): Omit<Trust, 'scans'> {
  const shown = claims.filter((claim) => claim.shownWhen(profile)).map((claim) => claimView(claim, evidence, profile, now, locale))
  const count = (standing: Standing): number => shown.filter((claim) => claim.standing === standing).length
  const [proven, partly, stale, unknown, failing, stated] = standings
  const { act, assistant, isolation, environment, region } = profile
  return {
    counts: {
      [proven]: count(proven),
      [partly]: count(partly),
      [stale]: count(stale),
      [unknown]: count(unknown),
      [failing]: count(failing),
      [stated]: count(stated),
    },
    claims: shown,
    profile: { act, assistant, isolation, environment, region },
  }
}

function claimView(claim: Claim, evidence: readonly Evidence[], profile: Profile, now: number, locale: string): Trust['claims'][number] {
  const probe = claim.probe === null ? undefined : findProbe(claim.probe)
  const newest = evidence.find(({ probeId }) => probeId === claim.probe)
  const { standing, judgement } = standingOf(claim, probe, newest, profile, now)
  const message = judgement ? probe?.reasons[judgement.reason] : undefined
  return {
    id: claim.id,
    requirements: [...claim.requirements],
    topic: claim.topic,
    topicTitle: topicTitles[claim.topic],
    text: renderMessage(claim.text, {}, locale),
    plane: claim.plane,
    kind: claim.kind,
    proof: claim.proof,
    standing,
    evidenceNow: judgement && message ? renderMessage(message, judgement.values, locale) : '',
    method: probe?.method ?? '',
    observedAt: newest?.observedAt ?? null,
    environment: newest?.environment ?? null,
    observation: newest?.observation ?? null,
    digest: newest?.digest ?? null,
  }
}
