import type { Problem } from '@countersign/core/api/problem.ts'
import type { routes } from '@countersign/core/api/routes.ts'

export type RouteId = (typeof routes)[number]['id']

/** One request, as an answer sees it. */
export interface MockCall<State> {
  /** What the mock answers from; an answer may change it. */
  readonly state: State
  /** The part of the path after the route's first name: `/api/findings/ID` gives ID; empty where there is none. */
  readonly id: string
  readonly path: string
  readonly search: URLSearchParams
  readonly body: unknown
}

/** Answers of one subject by route id. What they return is parsed by the contract before it is sent; a `MockFile` is sent as it is. */
export type Answers<State> = Readonly<Partial<Record<RouteId, (call: MockCall<State>) => unknown>>>

/** Without what the server adds. */
export type MockProblem = Omit<Problem, 'requestId' | 'type'>

/** Thrown by an answer that refuses what was asked. */
export class Refusal extends Error {
  readonly problem: MockProblem

  constructor(problem: MockProblem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** An answer that is a file and not JSON. */
export class MockFile {
  readonly contentType: string
  readonly content: string

  constructor(contentType: string, content: string) {
    this.contentType = contentType
    this.content = content
  }
}
