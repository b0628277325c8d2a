import type { ApplicationEvidence } from '../derived/application-risk.ts'
import type { Values } from '../check.ts'
import type { FactKey } from '../fact.ts'
import { riskItems } from './application-risk-items.ts'
import type { RiskReason } from './application-risk-reasons.ts'

/**
 * The risk of an application is the sum of these parts, 0 to 100. Within a part the weightiest item counts whole and each further item that
 * weighs anything counts one point, up to what the part can give at most; so another permission, credential or doubtful owner never makes the
 * sum smaller. How much an application is used is no part (`notCounted`): it is neither taken for used nor for unused.
 */
export const riskParts = { powers: 40, credentials: 20, owners: 12, consent: 8, publisher: 8, exposure: 12 } as const
export type RiskPartId = keyof typeof riskParts

/** What would say something of the risk, and is not known. The report by application is in beta: https://learn.microsoft.com/graph/api/reportroot-list-serviceprincipalsigninactivities */
export const notCounted: readonly string[] = [
  'Whether it is used is not known and does not count: Microsoft Graph v1.0 does not say when an application last signed in.',
]
const partIds = Object.keys(riskParts) as readonly RiskPartId[]

/** Something about an application that weighs. */
export interface RiskItem {
  readonly part: RiskPartId
  readonly weight: number
  readonly reason: RiskReason
  readonly values: Values
  readonly basis: readonly FactKey[]
}
export interface RiskLine extends Omit<RiskItem, 'part'> {
  /** What it adds to the sum: its weight, or one point, or nothing where the part is full. */
  readonly points: number
}
export interface RiskPart {
  readonly part: RiskPartId
  readonly points: number
  readonly most: number
  /** Weightiest first; the first ten. */
  readonly lines: readonly RiskLine[]
  /** Items that are not listed. They may add points all the same. */
  readonly unlisted: number
}
export const riskLevels = ['low', 'medium', 'high', 'critical'] as const
export type RiskLevel = (typeof riskLevels)[number]
export interface ApplicationRisk {
  /** 0 to 100: the sum of the parts. */
  readonly score: number
  readonly level: RiskLevel
  readonly parts: readonly RiskPart[]
}

const linesListed = 10

/** The same evidence at the same time gives the same parts, in whatever order it came. `now`: milliseconds since 1970, UTC. */
export function riskOf(evidence: ApplicationEvidence, now: number): ApplicationRisk {
  const items = riskItems(evidence, now)
  const parts = partIds.map((part) =>
    partOf(
      part,
      items.filter((item) => item.part === part),
    ),
  )
  const score = parts.reduce((sum, { points }) => sum + points, 0)
  return { score, level: levelOf(score), parts }
}

/** From 55 critical, from 40 high, from 20 medium. */
export function levelOf(score: number): RiskLevel {
  if (score >= 55) return 'critical'
  if (score >= 40) return 'high'
  return score >= 20 ? 'medium' : 'low'
}

function partOf(part: RiskPartId, items: readonly RiskItem[]): RiskPart {
  const most = riskParts[part]
  let points = 0
  const lines = items
    .filter(({ weight }) => weight > 0)
    .map((item) => ({ item, order: `${item.reason} ${JSON.stringify(item.values)} ${item.basis.join(' ')}` }))
    .sort((left, right) => right.item.weight - left.item.weight || (left.order < right.order ? -1 : 1))
    .map(({ item: { weight, reason, values, basis } }, index): RiskLine => {
      const added = Math.min(index === 0 ? weight : 1, most - points)
      points += added
      return { weight, reason, values, basis, points: added }
    })
  return { part, points, most, lines: lines.slice(0, linesListed), unlisted: Math.max(0, lines.length - linesListed) }
}
