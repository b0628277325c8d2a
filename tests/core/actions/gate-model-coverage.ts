import {
  gateTable,
  proposalEvents,
  proposalStates,
  type GuardName,
  type ProposalEvent,
  type ProposalState,
  type Transition,
} from '@countersign/core/actions/gate.ts'

/** One guard of one cell of the table. */
export interface Occurrence {
  readonly state: ProposalState
  readonly event: ProposalEvent
  readonly guard: GuardName
}

/** Counts what random histories came to. */
export interface Coverage {
  readonly reached: (state: ProposalState) => void
  readonly moved: (state: ProposalState, event: ProposalEvent) => void
  readonly refused: (state: ProposalState, event: ProposalEvent, guard: GuardName | 'state') => void
  readonly lostSwap: () => void
  /** Everything that must be met, and how often it was. */
  readonly counts: () => ReadonlyMap<string, number>
}

export const cells: readonly { readonly state: ProposalState; readonly event: ProposalEvent; readonly transition: Transition }[] =
  proposalStates.flatMap((state) => {
    const row: Partial<Record<ProposalEvent, Transition>> = gateTable[state]
    return proposalEvents.flatMap((event) => {
      const transition = row[event]
      return transition ? [{ state, event, transition }] : []
    })
  })

export const occurrences: readonly Occurrence[] = cells.flatMap(({ state, event, transition }) =>
  transition.guards.map((guard) => ({ state, event, guard })),
)

export function nameOf({ state, event, guard }: { readonly state: string; readonly event: string; readonly guard: string }): string {
  return `${state}.${event} refused by ${guard}`
}

/** Counters for each state, each cell of the table, each guard of each cell, each state's refusal of events it does not list, and lost swaps. */
export function countingCoverage(): Coverage {
  const counts = new Map<string, number>([
    ...proposalStates.map((state): [string, number] => [state, 0]),
    ...cells.map(({ state, event }): [string, number] => [`${state}.${event} happens`, 0]),
    ...occurrences.map((occurrence): [string, number] => [nameOf(occurrence), 0]),
    ...proposalStates.map((state): [string, number] => [`${state} refuses another event`, 0]),
    ['lost swap', 0],
  ])
  function count(name: string): void {
    const before = counts.get(name)
    if (before === undefined) throw new Error(`Nobody expected "${name}": the counters are made from the gate's table.`)
    counts.set(name, before + 1)
  }
  return {
    reached: count,
    moved: (state, event) => {
      count(`${state}.${event} happens`)
    },
    refused: (state, event, guard) => {
      count(guard === 'state' ? `${state} refuses another event` : nameOf({ state, event, guard }))
    },
    lostSwap: () => {
      count('lost swap')
    },
    counts: () => counts,
  }
}

/** For mutants: what they reach is nobody's interest. */
export const noCoverage: Coverage = {
  reached: () => undefined,
  moved: () => undefined,
  refused: () => undefined,
  lostSwap: () => undefined,
  counts: () => new Map(),
}
