import type { Changes, ObjectChangeView } from '@countersign/core/api/changes.ts'
import type { ScanLineView } from '@countersign/core/api/history.ts'
import { areaTitles } from '@countersign/core/posture/areas.ts'
import { areas, type AnyCheck, type Values } from '@countersign/core/posture/check.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import type { CheckChange, Comparison, NotComparable, ObjectChange, ObjectState } from '@countersign/core/posture/compare.ts'
import { factTitle, unreadMessages } from '@countersign/core/posture/explain.ts'
import { rowChange } from '@countersign/core/posture/row-changes.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import type { Attribution } from '../../store/attribution.ts'
import type { RowVersions } from '../../store/history.ts'
import type { ScanChanges } from '../../engine/changes.ts'
import { bySeverity } from './results.ts'

const objectsPerCheck = 50
const objectsListed = 300
const rowsPerObject = 10

/** The changes that are told one by one; the counts tell of all. Most serious checks first. */
export function listedChanges({ checks }: Comparison): readonly ObjectChange[] {
  return inOrder(checks)
    .flatMap(({ objects }) => objects.slice(0, objectsPerCheck))
    .slice(0, objectsListed)
}

function inOrder(checks: readonly CheckChange[]): readonly CheckChange[] {
  return checks
    .flatMap((change) => {
      const check = checkOf(change.checkId)
      return check ? [{ change, check }] : []
    })
    .sort((left, right) => bySeverity(left.check.severity, right.check.severity) || (left.check.id < right.check.id ? -1 : 1))
    .map(({ change }) => change)
}

const nothing = { before: null, after: null, change: null }
const noCounts = { new: 0, returned: 0, worse: 0, better: 0, fixed: 0, notComparable: 0 }

/** Where there are not two results yet. */
export function noChanges(after: ScanLineView | null): Changes {
  const sentence = after
    ? 'There is one result so far. What changes is told from the second one on.'
    : 'Nothing has been scanned yet. What changes is told from the second scan on.'
  return {
    before: null,
    after,
    sentence,
    score: nothing,
    areas: areas.map((area) => ({ area, title: areaTitles[area], ...nothing })),
    counts: noCounts,
    checks: [],
  }
}

const summary =
  '{total, plural, =0 {Nothing changed.} other {{fresh, plural, =0 {Nothing new} one {# new finding} other {# new findings}}, {returned, plural, =0 {nothing returned} other {# returned}}, {worse} worse, {better} better, {fixed} fixed.}}{gaps, plural, =0 {} one { # check cannot be compared.} other { # checks cannot be compared.}}'

export function changesView(changes: ScanChanges, before: ScanLineView, after: ScanLineView, locale: string): Changes {
  const { comparison } = changes
  const { counts } = comparison
  const listed = new Set(listedChanges(comparison))
  const total = counts.new + counts.returned + counts.worse + counts.better + counts.fixed
  const values = { ...counts, total, fresh: counts.new, gaps: counts.notComparable }
  return {
    before,
    after,
    sentence: renderMessage(summary, values, locale),
    score: comparison.score,
    areas: areas.map((area) => ({ area, title: areaTitles[area], ...comparison.areas[area] })),
    counts,
    checks: inOrder(comparison.checks).flatMap((change) => {
      const check = checkOf(change.checkId)
      if (!check) return []
      const shown = change.objects.filter((object) => listed.has(object))
      return [
        {
          checkId: check.id,
          code: check.code,
          title: check.title,
          severity: check.severity,
          area: check.area,
          areaTitle: areaTitles[check.area],
          before: change.before,
          after: change.after,
          notComparable: change.notComparable ? gapSentence(change.notComparable, locale) : null,
          objects: shown.map((object) => objectView(check, object, changes, locale)),
          moreObjects: change.objects.length - shown.length + change.notListed,
        },
      ]
    }),
  }
}

const sides = { before: 'In the earlier result', after: 'In the later result' } as const

function gapSentence({ side, reason, fact, detail }: NotComparable, locale: string): string {
  const why =
    reason === 'noSuchCheck'
      ? 'this check did not exist yet, or no longer.'
      : reason === 'manual'
        ? 'a person has to look.'
        : renderMessage(unreadMessages[reason], { fact: factTitle(fact), detail }, locale)
  return `${sides[side]}: ${why.trim()}`
}

function objectView(check: AnyCheck, change: ObjectChange, changes: ScanChanges, locale: string): ObjectChangeView {
  const rows = (changes.rows.get(change.key) ?? []).flatMap(rowView)
  return {
    findingKey: change.key,
    kind: change.kind,
    type: change.object.type,
    objectId: change.object.id,
    part: change.object.part,
    name: change.object.name,
    before: stateView(check, change, change.before, locale),
    after: stateView(check, change, change.after, locale),
    facts: rows.slice(0, rowsPerObject),
    moreFacts: Math.max(0, rows.length - rowsPerObject),
    changedBy: changedBy(changes.attributions.get(change.key) ?? [], rows.length > 0, locale),
  }
}

function stateView(check: AnyCheck, { object }: ObjectChange, state: ObjectState | null, locale: string): ObjectChangeView['before'] {
  if (!state) return null
  const { verdict, severity, values } = state
  // What is about the tenant itself has the verdict's values, for which the check's own title speaks.
  const message = object.type === 'tenant' ? check.failTitle : check.objectReason
  return { verdict, severity, because: renderOlder(message, values, locale) ?? check.title }
}

/** Values stored by an older version may lack what today's message names; undefined then. */
function renderOlder(message: string, values: Values, locale: string): string | undefined {
  try {
    return renderMessage(message, values, locale)
  } catch {
    return undefined
  }
}

function rowView({ fact, key, before, after }: RowVersions): ObjectChangeView['facts'] {
  const change = rowChange(before, after)
  if (!change) return []
  return [{ fact, title: factTitle(fact), key, kind: change.kind, properties: [...change.properties], more: change.more }]
}

const unreadable = {
  scope: 'Who changed it is not known: reading the audit log needs the permission {detail}.',
  role: 'Who changed it is not known: the person who scanned may not read the audit log. Reports Reader or Security Reader may.',
  licence: 'Who changed it is not known: Microsoft Graph gives the audit log only to tenants with Microsoft Entra ID P1.',
  graph: 'Who changed it is not known: Microsoft Graph did not answer in full ({detail}).',
  signIn: 'Who changed it is not known: the sign-in of the person who scanned had ended.',
} as const

const actorMessages = {
  user: '{name} ({activity}, {at, date, minute}).',
  application: 'The application {name} ({activity}, {at, date, minute}).',
  unknown: 'The audit log names nobody ({activity}, {at, date, minute}).',
} as const

/** Who or what changed it, from what the audit log told after the scans in between. */
function changedBy(known: readonly Attribution[], hasChangedRows: boolean, locale: string): ObjectChangeView['changedBy'] {
  const rows = distinctRows(known)
  const [newest] = rows
  if (newest) {
    const { actor, activity, at } = newest
    const values = { name: actor.name || actor.id || 'without a name', activity, at }
    return { state: 'found', sentence: renderMessage(actorMessages[actor.type], values, locale), rows }
  }
  const refused = known.find(({ state }) => state === 'notReadable')
  if (refused?.reason)
    return { state: 'notReadable', sentence: renderMessage(unreadable[refused.reason], { detail: refused.detail }, locale), rows }
  if (known.some(({ state }) => state === 'none'))
    return { state: 'none', sentence: 'The audit log tells of no change of this object in the time between. Rows can come late.', rows }
  const sentence = hasChangedRows
    ? 'The audit log was not asked about this object: after a scan it is asked about the most serious changes only.'
    : 'Nothing was changed in what was read: it is time that passed, or the judgement that differs.'
  return { state: 'notLooked', sentence, rows }
}

function distinctRows(known: readonly Attribution[]): ObjectChangeView['changedBy']['rows'] {
  const byId = new Map(known.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const)))
  return [...byId.values()]
    .sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : left.id < right.id ? -1 : 1))
    .slice(0, 5)
}
