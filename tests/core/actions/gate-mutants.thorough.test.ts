import { describe, expect, it } from '@jest/globals'
import { decide } from '@countersign/core/actions/gate.ts'
import { fc } from '../../random.ts'
import { histories } from './gate-model-histories.ts'
import { addedCellMutants, everywhereMutants, guardMutants, harmOf, targetMutants } from './gate-model-mutants.ts'

// The same histories for all, so that a mutant that dies today dies tomorrow.
const pool = fc.sample(histories, { numRuns: 2000, seed: 20261122 })

describe('gates with one thing wrong', () => {
  it('do harm where the gate itself does none', () => {
    expect(harmOf({ name: 'the gate', gate: decide }, pool)).toBeUndefined()
  })

  it.each(guardMutants)('$name does harm', (mutant) => {
    expect(harmOf(mutant, pool)).toEqual(expect.any(String))
  })

  it.each(everywhereMutants)('$name does harm', (mutant) => {
    expect(harmOf(mutant, pool)).toEqual(expect.any(String))
  })

  it('do harm where two at once are not kept apart by compare-and-swap', () => {
    expect(harmOf({ name: 'no swap', gate: decide, swaps: false }, pool)).toEqual(expect.any(String))
  })

  it('do harm wherever one cell leads elsewhere', () => {
    expect(targetMutants.length).toBeGreaterThan(400)
    expect(targetMutants.filter((mutant) => harmOf(mutant, pool) === undefined).map(({ name }) => name)).toEqual([])
  })

  it('do harm wherever an event is let through that the table does not list', () => {
    expect(addedCellMutants.length).toBeGreaterThan(200)
    expect(addedCellMutants.filter((mutant) => harmOf(mutant, pool) === undefined).map(({ name }) => name)).toEqual([])
  })
})
