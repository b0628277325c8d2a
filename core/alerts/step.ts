import type { AlertRule, Condition, Looked } from './rule.ts'

/** Conditions that stood at the last look, by `part:key`, and the parts that have been looked at before. */
export interface Remembered {
  readonly standing: ReadonlySet<string>
  readonly parts: ReadonlySet<string>
}

export interface Step {
  /** What became true since the last look and is to be told of. */
  readonly alerts: readonly Condition[]
  /** Marks of conditions to keep from now on. */
  readonly begun: readonly string[]
  /** Marks to drop: what is no longer so may begin again. */
  readonly ended: readonly string[]
  /** Parts that were looked at for the first time. */
  readonly newParts: readonly string[]
}

/**
 * What a look makes of what was remembered. A condition is told of once, when it becomes true, and not again until it has been false: to look
 * twice, to judge again or to replay events changes nothing. While the rule is off, or at the first look of a rule that tells of news alone,
 * what begins is remembered and not told.
 */
export function stepRule(rule: Pick<AlertRule, 'firstLook'>, isOn: boolean, looked: Looked, { standing, parts }: Remembered): Step {
  const alerts: Condition[] = []
  const begun: string[] = []
  const ended: string[] = []
  const newParts: string[] = []
  for (const [part, conditions] of Object.entries(looked)) {
    if (conditions === 'notKnown') continue
    const isFirst = !parts.has(part)
    if (isFirst) newParts.push(part)
    const now = new Map(conditions.map((condition) => [`${part}:${condition.key}`, condition]))
    for (const mark of standing) if (mark.startsWith(`${part}:`) && !now.has(mark)) ended.push(mark)
    for (const [mark, condition] of now) {
      if (standing.has(mark)) continue
      begun.push(mark)
      if (isOn && !(isFirst && rule.firstLook === 'remembers')) alerts.push(condition)
    }
  }
  return { alerts, begun, ended, newParts }
}
