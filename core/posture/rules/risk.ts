/** States in which there is nothing to decide any more; one that we do not know is not among them. https://learn.microsoft.com/graph/api/resources/riskyuser */
const decided = ['none', 'confirmedSafe', 'remediated', 'dismissed']

export function isDecided(riskState: string): boolean {
  return decided.includes(riskState)
}

/** A level that is hidden or that we do not know counts as high. */
export function isLowRisk(riskLevel: string): boolean {
  return ['none', 'low', 'medium'].includes(riskLevel)
}
