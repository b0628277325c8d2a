const day = 24 * 60 * 60 * 1000

export interface TimeScale {
  readonly from: number
  readonly to: number
  readonly x: (time: number) => number
  /** Beginnings of years, quarters or months, no closer than their labels need. */
  readonly ticks: readonly { readonly at: number; readonly unit: 'year' | 'month' }[]
}

const labelRoom = 52
const steps = [1, 2, 3, 6, 12, 24, 36, 60, 120] as const

/** A common axis for all these times, with some room on both sides; milliseconds since 1970, pixels. */
export function timeScale(times: readonly number[], { left, right }: { readonly left: number; readonly right: number }): TimeScale {
  const first = Math.min(...times)
  const last = Math.max(...times)
  const margin = Math.max(14 * day, (last - first) * 0.03)
  const from = first - margin
  const to = last + margin
  const x = (time: number): number => left + ((time - from) / (to - from)) * (right - left)
  const months = (to - from) / (30.4 * day)
  const most = Math.max(2, Math.floor((right - left) / labelRoom))
  const step = steps.find((one) => months / one <= most) ?? 120
  const ticks: { at: number; unit: 'year' | 'month' }[] = []
  const start = new Date(from)
  let month = start.getUTCFullYear() * 12 + start.getUTCMonth() + 1
  month = Math.ceil(month / step) * step
  for (;;) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1)
    if (at > to) return { from, to, x, ticks }
    if (at >= from) ticks.push({ at, unit: month % 12 === 0 ? 'year' : 'month' })
    month += step
  }
}
