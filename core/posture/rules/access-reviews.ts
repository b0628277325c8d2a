import type { FactRow } from '../facts.ts'

type Review = FactRow<'accessReviews'>

export type ReviewSubject = 'roles' | 'guests'

/** What an access review is about, as far as its queries say: https://learn.microsoft.com/graph/accessreviews-scope-concept */
export function subjectsOf({ scope, instanceEnumerationScope }: Review): readonly ReviewSubject[] {
  const scopes = [scope, instanceEnumerationScope].filter((part) => part !== null)
  const queries = scopes
    .flatMap((part) => [part.query, ...part.principalScopes.map(({ query }) => query), ...part.resourceScopes.map(({ query }) => query)])
    .flatMap((query) => query?.toLowerCase() ?? [])
  return [
    ...(queries.some((query) => query.includes('rolemanagement/directory')) ? (['roles'] as const) : []),
    ...(queries.some((query) => /usertype\s+eq\s+'guest'/.test(query)) ? (['guests'] as const) : []),
  ]
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
