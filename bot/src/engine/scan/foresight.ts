import type { KeyedRow } from '../../graph/collect.ts'
import { foreseeFinish } from '../../store/fact-parts.ts'
import type { Foreseen } from '../../store/fact-rows.ts'
import type { FactWriter } from '../../store/facts.ts'
import type { ReadTx } from '../../store/transaction.ts'

/**
 * What the end of a full reading will meet, looked up while its last rows and changes are still on their way. Without it the end takes longer
 * and is the same.
 */
export interface Foresight {
  /** Looks now, before the rows at hand are kept. Resolves when the look has its snapshot; nothing may be written until then. */
  readonly begin: () => Promise<void>
  /** Told of rows as they are kept; `added`: how many of them are no new version of a row that was there. */
  readonly kept: (rows: readonly Pick<KeyedRow, 'key'>[], added: number) => void
  /** Changes have been applied since. */
  readonly changed: () => void
  /** Whether a look was taken that still holds. */
  readonly holds: () => boolean
  /** The reading begins again. */
  readonly forget: () => void
  readonly result: () => Promise<(Foreseen & { readonly changed: boolean }) | undefined>
}

interface Look {
  readonly end: Promise<Foreseen | undefined>
  /** Keys that were kept after the look. */
  readonly keys: Set<string>
  added: number
  changed: boolean
}

export function makeForesight(read: <T>(fn: (tx: ReadTx) => Promise<T>) => Promise<T>, writer: FactWriter): Foresight {
  let look: Look | undefined
  return {
    async begin() {
      await new Promise<void>((opened) => {
        const end = read((tx) => {
          opened()
          return foreseeFinish(tx, writer)
        }).catch(() => undefined)
        look = { end, keys: new Set(), added: 0, changed: false }
        void end.then(() => opened())
      })
    },
    kept(rows, added) {
      if (!look) return
      for (const { key } of rows) look.keys.add(key)
      look.added += added
    },
    changed() {
      if (look) look.changed = true
    },
    holds: () => look !== undefined && !look.changed,
    forget() {
      look = undefined
    },
    async result() {
      if (!look) return undefined
      const { keys, added, changed } = look
      const end = await look.end
      return end && { ...end, open: end.open + added, unseen: end.unseen.filter((key) => !keys.has(key)), changed }
    },
  }
}
