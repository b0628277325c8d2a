import type { KeyedRow } from '../../graph/collect.ts'
import { foreseeFinish } from '../../store/fact-parts.ts'
import { countOpenRows, type Foreseen } from '../../store/fact-rows.ts'
import type { FactWriter } from '../../store/facts.ts'
import type { ReadTx } from '../../store/transaction.ts'

/**
 * What the end of a full reading will meet, looked up while its last rows and changes are still on their way. Without it the end takes longer
 * and is the same.
 */
export interface Foresight {
  /** Looks now, before the rows at hand are kept. */
  readonly begin: () => void
  /** Told of rows as they are kept. */
  readonly kept: (rows: readonly KeyedRow[]) => void
  /** Every part is kept: what has changed since the first look is looked up, or all where there was none. */
  readonly complete: () => void
  /** Changes have been applied since. */
  readonly changed: () => void
  /** The reading begins again. */
  readonly forget: () => void
  readonly result: () => Promise<(Foreseen & { readonly changed: boolean }) | undefined>
}

interface Look {
  readonly end: Promise<Foreseen | undefined>
  /** Keys that were kept after the look, or while it was taken. */
  readonly keys: Set<string>
  /** Rows by the second look, where one was needed. */
  open?: Promise<number | undefined>
  isComplete: boolean
  changed: boolean
}

export function makeForesight(read: <T>(fn: (tx: ReadTx) => Promise<T>) => Promise<T>, writer: FactWriter): Foresight {
  let look: Look | undefined
  const begin = (): void => {
    look = { end: orNothing(read((tx) => foreseeFinish(tx, writer))), keys: new Set(), isComplete: false, changed: false }
  }
  return {
    begin,
    kept(rows) {
      for (const { key } of rows) look?.keys.add(key)
    },
    complete() {
      // A list that is looked at again has had changes applied to it since.
      if (!look || look.isComplete) begin()
      if (!look) return
      if (look.keys.size > 0) look.open = orNothing(read((tx) => countOpenRows(tx, writer)))
      look.isComplete = true
    },
    changed() {
      if (look) look.changed = true
    },
    forget() {
      look = undefined
    },
    async result() {
      if (!look?.isComplete) return undefined
      const { keys, changed } = look
      const [end, open] = await Promise.all([look.end, look.open ?? look.end.then((seen) => seen?.open)])
      if (!end || open === undefined) return undefined
      return { ...end, open, unseen: end.unseen.filter((key) => !keys.has(key)), changed }
    },
  }
}

function orNothing<T>(look: Promise<T>): Promise<T | undefined> {
  return look.catch(() => undefined)
}
