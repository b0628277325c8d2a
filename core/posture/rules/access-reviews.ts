import type { FactRow } from '../facts.ts'
import type { Settings } from '../settings.ts'
import { privilegedRoles } from './privileged-role-coverage.ts'

type Review = FactRow<'accessReviews'>

export type ReviewSubject = 'roles' | 'guests'

/**
 * What an access review is about, as far as its queries say: https://learn.microsoft.com/graph/accessreviews-scope-concept. One that names
 * roles is about privileged ones only if it names one of them.
 */
export function subjectsOf({ scope, instanceEnumerationScope }: Review, settings: Settings): readonly ReviewSubject[] {
  const scopes = [scope, instanceEnumerationScope].filter((part) => part !== null)
  const queries = scopes
    .flatMap((part) => [part.query, ...part.principalScopes.map(({ query }) => query), ...part.resourceScopes.map(({ query }) => query)])
    .flatMap((query) => query?.toLowerCase() ?? [])
  return [
    ...(queries.some((query) => query.includes('rolemanagement/directory') && mayBePrivileged(query, settings))
      ? (['roles'] as const)
      : []),
    ...(queries.some((query) => /usertype\s+eq\s+'guest'/.test(query)) ? (['guests'] as const) : []),
  ]
}

function mayBePrivileged(query: string, settings: Settings): boolean {
  const named = [...query.matchAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g)].map(([id]) => id)
  return named.length === 0 || privilegedRoles(settings).some((id) => named.includes(id.toLowerCase()))
}

/** A review that comes again by itself and is not over. */
export function isRecurring({ status, settings }: Review, now: number): boolean {
  const { recurrence } = settings
  if (!recurrence?.pattern?.type || !recurrence.range) return false
  const isOver = recurrence.range.type === 'endDate' && !(Date.parse(recurrence.range.endDate ?? '') >= now)
  return !isOver && ['InProgress', 'NotStarted', 'Initializing', 'Starting', 'Applying', 'AutoReviewing'].includes(status ?? '')
}

/** Somebody is named to review; where nobody is, people review themselves: https://learn.microsoft.com/graph/api/resources/accessreviewreviewerscope */
export function isByOthers({ reviewers, stageSettings }: Review): boolean {
  const named = [...(reviewers ?? []), ...(stageSettings ?? []).flatMap((stage) => stage.reviewers)]
  return named.some(({ query }) => (query ?? '').trim() !== '')
}

/** Whoever is not confirmed loses the access, without anybody having to remember it. */
export function takesAway({ settings }: Review): boolean {
  return settings.defaultDecisionEnabled && settings.defaultDecision?.toLowerCase() === 'deny' && settings.autoApplyDecisionsEnabled
}
