/** Gates with one thing wrong, made mechanically from the table: every one of them must do harm in some history. */
import {
  decide,
  gateTable,
  guards,
  proposalEvents,
  proposalStates,
  type GuardName,
  type ProposalEvent,
  type ProposalState,
} from '@countersign/core/actions/gate.ts'
import { cells, noCoverage, occurrences, type Occurrence } from './gate-model-coverage.ts'
import { Harm } from './gate-model-invariants.ts'
import type { Move } from './gate-model-moves.ts'
import { play } from './gate-model-play.ts'
import type { Gate } from './gate-model-world.ts'

export interface Mutant {
  readonly name: string
  readonly gate: Gate
  /** False where the store does not compare before it swaps. */
  readonly swaps?: false
}

/** The guard is gone from one cell and stands in all others. */
function withoutGuard(occurrence: Occurrence): Mutant {
  const fewer = { ...guards, [occurrence.guard]: () => true }
  return {
    name: `${occurrence.state}.${occurrence.event} without ${occurrence.guard}`,
    gate: (state, event, facts) => decide(state, event, facts, state === occurrence.state && event === occurrence.event ? fewer : guards),
  }
}
export const guardMutants: readonly Mutant[] = occurrences.map(withoutGuard)

/** The guard is gone everywhere. */
export const everywhereMutants: readonly Mutant[] = (Object.keys(guards) as GuardName[]).map((guard) => {
  const fewer = { ...guards, [guard]: () => true }
  return { name: `no ${guard} anywhere`, gate: (state, event, facts) => decide(state, event, facts, fewer) }
})

/** One cell leads to another state than it should. */
export const targetMutants: readonly Mutant[] = cells.flatMap((cell) =>
  proposalStates
    .filter((other) => other !== cell.transition.to)
    .map((other) => ({
      name: `${cell.state}.${cell.event} to ${other}`,
      gate: (state, event, facts) => {
        const answer = decide(state, event, facts)
        return answer.kind === 'moved' && state === cell.state && event === cell.event ? { kind: 'moved', to: other } : answer
      },
    })),
)

/** An event is let through in a state whose row does not list it, to wherever it leads from other states. */
export const addedCellMutants: readonly Mutant[] = proposalStates.flatMap((listed) =>
  proposalEvents
    .filter((event) => !(event in gateTable[listed]))
    .flatMap((added) =>
      targetsOf(added).map((to) => ({
        name: `${listed}.${added} to ${to} added`,
        gate: (state, event, facts) => (state === listed && event === added ? { kind: 'moved', to } : decide(state, event, facts)),
      })),
    ),
)

function targetsOf(event: ProposalEvent): ProposalState[] {
  return [...new Set(cells.filter((cell) => cell.event === event).map(({ transition }) => transition.to))]
}

/** The harm that the gate does in the first history where it does any. */
export function harmOf({ gate, swaps }: Mutant, histories: readonly (readonly Move[])[]): string | undefined {
  for (const history of histories) {
    try {
      play(history, gate, noCoverage, swaps)
    } catch (error) {
      if (error instanceof Harm) return error.message
      throw error
    }
  }
  return undefined
}
