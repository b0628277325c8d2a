import type { FeedState } from './posture-feed.ts'
import type { ReadProblem } from './read-posture.ts'
import { fill, type PostureStrings } from './strings.ts'
import type { PostureState } from './summary.ts'

/** Turns what the feed knows into what the summary draws, with a sentence for every way in which reading can fail. */
export function postureState({ view, readAt, problem }: FeedState, strings: PostureStrings, serviceUrl: string): PostureState {
  if (!problem) return view ? { kind: 'ready', view } : { kind: 'loading' }
  const kept = view && readAt !== undefined ? { kept: { view, readAt: new Date(readAt).toISOString() } } : {}
  const text = problemText(problem, strings, serviceUrl)
  const requestId = 'requestId' in problem && problem.requestId !== undefined ? { requestId: problem.requestId } : {}
  const isRefusal = problem.kind === 'forbidden' || (problem.kind === 'noToken' && !view)
  if (isRefusal) return { kind: 'noPermission', ...text, ...requestId }
  return { kind: 'error', ...text, ...requestId, ...kept }
}

/** What failed, whether anything changed and what to do. */
function problemText(
  problem: ReadProblem,
  strings: PostureStrings,
  serviceUrl: string,
): { readonly title: string; readonly detail: string } {
  switch (problem.kind) {
    case 'noToken':
      return { title: strings.NoTokenTitle, detail: strings.NoTokenText }
    case 'forbidden':
      return { title: strings.ForbiddenTitle, detail: problem.status === 401 ? strings.ForbiddenText401 : strings.ForbiddenText403 }
    case 'unreachable':
      return { title: strings.UnreachableTitle, detail: fill(strings.UnreachableText, { value: serviceUrl }) }
    case 'service':
      return { title: strings.ServiceTitle, detail: fill(strings.ServiceText, { status: problem.status }) }
    case 'unreadable':
      return { title: strings.UnreadableTitle, detail: strings.UnreadableText }
  }
}
