import { capabilities, roles, type Capability } from '@countersign/core/principal.ts'
import { routes } from '@countersign/core/api/routes.ts'
import { roleWords } from '../../../teamsapp/layout/words.ts'
import type { RouteId } from '../mock/answer.ts'
import type { MockService, MockState } from '../mock-service.ts'
import { me } from '../sample-records.ts'

/** What every page must be able to show. */
export const states = ['loading', 'firstRun', 'empty', 'partial', 'error', 'forbidden', 'full'] as const
export type StateName = (typeof states)[number]

export interface Cell {
  /** Brings the mock, fresh from a reset, into the state. */
  readonly prepare: (mock: MockService) => void
  /** Words that the page shows in this state; a status of that name for `loading`. */
  readonly shows: string | RegExp
  /** Where this state has an address of its own. */
  readonly path?: string
}

/** A state that makes no sense for the page, and why. */
export interface Without {
  readonly without: string
}

export interface MatrixPage {
  readonly name: string
  readonly path: string
  readonly cells: Readonly<Record<StateName, Cell | Without>>
}

/** A cell that needs nothing but other answers. */
export function shown(shows: string | RegExp, change: Partial<MockState> = {}, path?: string): Cell {
  return { shows, prepare: ({ state }) => void Object.assign(state, change), ...(path === undefined ? {} : { path }) }
}

export function without(reason: string): Without {
  return { without: reason }
}

/** The route is not answered: the page draws its shape only. */
export function loading(reads: RouteId, shows: string | RegExp = 'Loading'): Cell {
  return { shows, prepare: ({ state }) => void state.held.add(reads) }
}

/** The service answers with a problem that names its request. */
export function failing(reads: RouteId): Cell {
  return {
    shows: /Request ID req-7f3a91/,
    prepare: ({ state }) =>
      void state.problems.set(reads, {
        title: 'The service cannot read its store',
        status: 503,
        detail: 'Nothing was changed.',
        mend: 'Try again in a minute.',
      }),
  }
}

/** Somebody whose roles do not open the page: the service refuses and says which do. */
export function forbidden(reads: RouteId): Cell {
  const capability = routes.find(({ id }) => id === reads)?.capability
  if (capability === undefined || capability === 'public' || capability === 'signedIn')
    throw new Error(`${reads} is open to everybody who is signed in.`)
  const needed = capabilities[capability]
  const somebody = strongestWithout(capability)
  return {
    // Who has no role at all is told so before any page.
    shows:
      somebody.roles.length === 0
        ? 'You have no role in Countersign yet'
        : new RegExp(`role ${needed.map((role) => roleWords[role]).join('.*')}`),
    prepare: ({ state }) => {
      state.me = somebody
      state.problems.set(reads, { title: 'Not allowed', status: 403, detail: 'Your role does not open this.', roles: [...needed] })
    },
  }
}

/** A person in the strongest role that lacks one capability; without any role where each has it. */
export function strongestWithout(lacks: Capability): typeof me {
  const needed: readonly string[] = capabilities[lacks]
  const held = roles.filter((role) => !needed.includes(role)).slice(0, 1)
  const has = (capability: string): boolean => {
    const open: readonly string[] = Object.hasOwn(capabilities, capability) ? capabilities[capability as Capability] : []
    return held.some((role) => open.includes(role))
  }
  const may = Object.fromEntries(Object.keys(me.may).map((name) => [name, has(name)])) as typeof me.may
  return { ...me, roles: held, may }
}

/** The states that every page shows alike, for a page that stands on one route. */
export function common(reads: RouteId): Pick<MatrixPage['cells'], 'loading' | 'error' | 'forbidden'> {
  return { loading: loading(reads), error: failing(reads), forbidden: forbidden(reads) }
}
