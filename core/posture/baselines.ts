import type { Baseline } from './baseline.ts'
import { cisBaseline } from './baselines/cis.ts'
import { defaultBaseline } from './baselines/default.ts'
import { scubaBaseline } from './baselines/scuba.ts'

export const baselines: readonly Baseline[] = [defaultBaseline, scubaBaseline, cisBaseline]

export function baselineOf(id: string): Baseline | undefined {
  return baselines.find((baseline) => baseline.id === id)
}
