import type { Problem } from '@countersign/core/api/problem.ts'

/** The one kind of error that queries and mutations throw: an Error whose cause is the service's problem details. */
export function problemError(problem: Problem): Error {
  return new Error(problem.title, { cause: problem })
}

/** The problem details behind whatever was thrown. A failed connection becomes one too, so that pages know one shape. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && isProblem(error.cause)) return error.cause
  return unreachable
}

export const unreachable: Problem = {
  type: 'about:blank',
  title: 'Countersign cannot be reached',
  status: 0,
  detail: 'The service did not answer. Nothing was changed by this.',
  mend: 'Check the connection, then try again.',
  requestId: '',
}

/** Reads problem details from an answer; anything else that failed is told as what it is. */
export async function readProblem(answer: Response): Promise<Problem> {
  const requestId = answer.headers.get('x-request-id') ?? ''
  const body: unknown = await answer.json().catch(() => undefined)
  if (isProblem(body)) return body
  return {
    type: 'about:blank',
    title: 'Countersign could not answer',
    status: answer.status,
    detail: `The service answered ${answer.status} without saying why.`,
    mend: 'Try again. If it stays, give the request ID to your administrator.',
    requestId,
  }
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false
  return (
    'title' in value &&
    typeof value.title === 'string' &&
    'status' in value &&
    typeof value.status === 'number' &&
    'detail' in value &&
    typeof value.detail === 'string'
  )
}
