import type { ApplicationEvidence } from '@countersign/core/posture/derived/application-risk.ts'
import type { Reading } from '@countersign/core/posture/fact.ts'
import { riskOf } from '@countersign/core/posture/rules/application-risk.ts'
import { mapInSlices } from '../../in-slices.ts'
import type { StoredApplication } from '../../store/application-tables.ts'
import { putApplications } from '../../store/applications.ts'
import type { WriteTx } from '../../store/transaction.ts'

/** What a judgement knows of applications, as of a time. */
export interface JudgedApplications {
  readonly reading: Reading<ApplicationEvidence>
  /** Milliseconds since 1970, UTC. */
  readonly now: number
}

/** Keeps the risk of every application in place of what was known before. While a scan goes on, what it still waits for changes nothing. */
export async function keepApplications(
  tx: WriteTx,
  { reading, now }: JudgedApplications,
  scan: { readonly factsOf: string; readonly isFinal: boolean },
): Promise<void> {
  if (reading.state === 'unread' && !scan.isFinal) return
  const notKnown = reading.state === 'unread' ? { reason: reading.reason, detail: reading.detail } : null
  const rows = reading.state === 'read' ? await mapInSlices(reading.rows, (evidence) => storedOf(evidence, now)) : []
  await putApplications(tx, { factsOf: scan.factsOf, at: new Date(now).toISOString(), notKnown }, rows)
}

function storedOf(evidence: ApplicationEvidence, now: number): StoredApplication {
  const risk = riskOf(evidence, now)
  const { id, appId, name, publisher, isEnabled, permissions, credentials, owners } = evidence
  const [worst] = risk.parts.flatMap(({ lines }) => lines).sort((left, right) => right.points - left.points)
  const ends = credentials.flatMap(({ endsAt }) => (endsAt !== null && endsAt > now ? [endsAt] : []))
  const given = permissions.filter(({ kind }) => kind === 'application').length
  const line = {
    ...{ id, appId, name, publisher, isEnabled, score: risk.score, level: risk.level },
    because: worst ? { reason: worst.reason, values: worst.values } : null,
    permissions: {
      application: given,
      delegated: permissions.length - given,
      control: permissions.filter(({ tier }) => tier === 'control').length,
    },
    credentials: credentials.length,
    nextEnd: ends.length === 0 ? null : new Date(Math.min(...ends)).toISOString(),
    owners: new Set(owners.map((owner) => owner.id.toLowerCase())).size,
  }
  return { line, detail: { evidence, risk } }
}
