import { describe, expect, it } from '@jest/globals'
import {
  decide,
  gateTable,
  guards,
  isTerminal,
  proposalEvents,
  proposalStates,
  type GateFacts,
  type GuardName,
} from '@countersign/core/actions/gate.ts'
import { fc } from '../../random.ts'
import { countingCoverage, occurrences } from './gate-model-coverage.ts'
import { histories } from './gate-model-histories.ts'
import { play } from './gate-model-play.ts'

const isDrill = process.env['DRILL'] === '1'
const runs = isDrill ? 20_000 : 1000
const moreThan = isDrill ? 500 : 25

const nothing: GateFacts = {
  now: 0,
  proposal: { tenantId: '', expiresAt: 1, hash: '', catalogueVersion: '', requestedBy: '', approvals: 1 },
  recomputedHash: '',
  catalogueVersion: '',
  actionEnabled: true,
  offer: null,
  liveOffersOfPerson: 0,
  asked: null,
  confirmedHashes: [],
  confirmedAt: null,
  preStateDigest: null,
  freshPreStateDigest: null,
}

describe('the gate', () => {
  it('leaves no state without a way to an end', () => {
    const leads = new Set<string>(proposalStates.filter(isTerminal))
    for (let round = 0; round < proposalStates.length; round++) {
      for (const state of proposalStates) if (Object.values(gateTable[state]).some(({ to }) => leads.has(to))) leads.add(state)
    }
    expect(proposalStates.filter((state) => !leads.has(state))).toEqual([])
  })

  it('refuses every event that its table does not list', () => {
    for (const state of proposalStates)
      for (const event of proposalEvents)
        if (!(event in gateTable[state])) expect(decide(state, event, nothing)).toEqual({ kind: 'refused', guard: 'state' })
  })

  it('uses every guard that it has', () => {
    const names = Object.keys(guards) as GuardName[]
    expect(names.filter((name) => !occurrences.some(({ guard }) => guard === name))).toEqual([])
  })

  it(`keeps every invariant over ${runs} random histories, which reach every state and every refusal more than ${moreThan} times`, () => {
    const coverage = countingCoverage()
    fc.assert(
      fc.property(histories, (history) => {
        play(history, decide, coverage)
      }),
      { numRuns: runs },
    )
    const rare = [...coverage.counts()].filter(([, count]) => count <= moreThan)
    expect(Object.fromEntries(rare)).toEqual({})
  })
})
