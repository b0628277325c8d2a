import type { FactSink } from './collect.ts'
import type { KeyedRow } from './rows.ts'

export interface PassingOptions {
  readonly parents?: AsyncIterable<unknown>
  /** Takes one page of rows. Rows of a list that had to be begun again come twice. */
  readonly onRows: (rows: readonly KeyedRow[]) => Promise<void>
  readonly signal?: AbortSignal
}

/** For a reader of rows that keeps no position: always a full reading in one chain. */
export function passingSink(onRows: PassingOptions['onRows']): FactSink {
  return {
    position: { plan: null, deltaLink: null },
    plan: async () => undefined,
    rows: (_part, rows) => (rows.length > 0 ? onRows(rows) : Promise.resolve()),
    restart: async () => undefined,
    stored: async () => new Map(),
    changes: async () => undefined,
    count: async () => 0,
  }
}
