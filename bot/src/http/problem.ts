import type { Problem } from '@countersign/core/api/problem.ts'

/** Why a request was not served, for a person. Handlers return it; nothing throws it. */
export interface Refused {
  readonly kind: 'refused'
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly mend?: string
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
  readonly roles?: readonly string[]
  readonly names?: readonly string[]
  readonly consent?: 'read'
}
export interface Answered<T> {
  readonly kind: 'answered'
  readonly body: T
  /** 200 unless something was created or begun. */
  readonly status?: 200 | 201 | 202
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer that is a file: written piece by piece, never in memory whole. */
export interface FileAnswer {
  readonly kind: 'file'
  readonly type: string
  readonly name: string
  readonly pieces: AsyncIterable<string>
}

export function answer<T>(body: T, more: Omit<Answered<T>, 'kind' | 'body'> = {}): Answered<T> {
  return { kind: 'answered', body, ...more }
}

export function refuse(
  status: number,
  title: string,
  detail: string,
  more: Pick<Refused, 'mend' | 'errors' | 'roles' | 'names' | 'consent'> = {},
): Refused {
  return { kind: 'refused', status, title, detail, ...more }
}

export function notFound(what: string): Refused {
  return refuse(404, 'Not found', `${what} does not exist in your tenant.`)
}

/** RFC 9457 problem details. */
export function problemOf(refused: Refused, requestId: string): Problem {
  const { status, title, detail, mend, errors, roles, names, consent } = refused
  return {
    type: 'about:blank',
    title,
    status,
    detail,
    ...(mend === undefined ? {} : { mend }),
    requestId,
    ...(errors ? { errors: errors.map(({ path, message }) => ({ path, message })) } : {}),
    ...(roles ? { roles: [...roles] } : {}),
    ...(names ? { names: [...names] } : {}),
    ...(consent ? { consent } : {}),
  }
}

export const problemType = 'application/problem+json; charset=utf-8'
