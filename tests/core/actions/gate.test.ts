import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  decide,
  gateTable,
  guards,
  isTerminal,
  proposalEvents,
  proposalStates,
  type GuardName,
  type Guards,
} from '@countersign/core/actions/gate.ts'
import { moves, play, type Coverage } from './gate-model.ts'

const runs = process.env['DRILL'] ? 20_000 : 2_000
const atLeast = process.env['DRILL'] ? 500 : 20

const guardNames = Object.keys(guards) as GuardName[]

function emptyCoverage(): Coverage {
  return { reached: new Map(), refused: new Map() }
}

describe('gate table', () => {
  it('leaves no state without a way to an end', () => {
    const endings = new Set(proposalStates.filter(isTerminal))
    const leads = new Set<string>(endings)
    for (let round = 0; round < proposalStates.length; round++) {
      for (const state of proposalStates) if (Object.values(gateTable[state]).some(({ to }) => leads.has(to))) leads.add(state)
    }
    expect(proposalStates.filter((state) => !leads.has(state))).toEqual([])
  })

  it('refuses every event that it does not list', () => {
    const facts = {
      now: 0,
      proposal: { tenantId: '', expiresAt: 1, hash: '', catalogueVersion: '', requestedBy: '' },
      recomputedHash: '',
      catalogueVersion: '',
      offer: null,
      liveOffersOfPerson: 0,
      asked: null,
      confirmedAt: null,
      preStateDigest: null,
      freshPreStateDigest: null,
    }
    for (const state of proposalStates)
      for (const event of proposalEvents)
        if (!(event in gateTable[state])) expect(decide(state, event, facts)).toEqual({ kind: 'refused', guard: 'state' })
  })

  it('keeps every invariant over random histories, and the histories reach what they must', () => {
    const coverage = emptyCoverage()
    fc.assert(
      fc.property(moves(), (history) => {
        play(history, coverage)
      }),
      { numRuns: runs },
    )
    const states = [
      'proposed',
      'offered',
      'confirmed',
      'executing',
      'executed',
      'verified',
      'verifyFailed',
      'stale',
      'superseded',
      'rejected',
      'expired',
    ] as const
    expect(states.filter((state) => (coverage.reached.get(state) ?? 0) < atLeast)).toEqual([])
    expect(guardNames.filter((guard) => (coverage.refused.get(guard) ?? 0) < atLeast)).toEqual([])
  })

  it.each(guardNames)('without the guard %s some history does harm', (guard) => {
    const mutant: Guards = { ...guards, [guard]: () => true }
    expect(() => {
      fc.assert(
        fc.property(moves(), (history) => {
          play(history, emptyCoverage(), mutant)
        }),
        { numRuns: 20_000, endOnFailure: true },
      )
    }).toThrow()
  })
})
