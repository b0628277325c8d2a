import type { TrendPoint } from './contract.ts'

/** Where the points of a trend lie in a box, and which lines and labels stand beside them. */
export interface TrendScale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  readonly x: (index: number) => number
  readonly y: (value: number) => number
  /** Indexes of the points whose day is written below the axis, at most as many as fit. */
  readonly labelled: readonly number[]
}

export interface TrendBox {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const pixelsPerLabel = 84

/** Scale in whole tens around the values, so that a small change is visible and the cut axis can be said in round numbers. */
export function trendScale(points: readonly TrendPoint[], box: TrendBox, target: number | null = null): TrendScale {
  const values = [...points.map((point) => point.value), ...(target === null ? [] : [target])]
  const low = Math.max(0, Math.floor((Math.min(...values) - 1) / 10) * 10)
  const high = Math.min(100, Math.max(low + 20, Math.ceil((Math.max(...values) + 1) / 10) * 10))
  const step = high - low > 40 ? 20 : 10
  const ticks: number[] = []
  for (let tick = low; tick <= high; tick += step) ticks.push(tick)
  const span = box.width - box.left - box.right
  const last = points.length - 1
  return {
    low,
    high,
    ticks,
    x: (index) => box.left + (last === 0 ? span : (index / last) * span),
    y: (value) => box.top + ((high - value) / (high - low)) * (box.height - box.top - box.bottom),
    labelled: labelledIndexes(last, Math.max(2, Math.floor(span / pixelsPerLabel))),
  }
}

function labelledIndexes(last: number, most: number): number[] {
  if (last === 0) return [0]
  const count = Math.min(most, last + 1, 4)
  return Array.from({ length: count }, (_, index) => Math.round((index * last) / (count - 1)))
}
