import { lockProposal } from '../../../bot/src/store/proposals.ts'
import { writeTx } from '../../../bot/src/store/transaction.ts'
import { waitedFor } from '../store/waited-for.ts'
import type { ActWorld } from './act-world.ts'

export interface Held {
  /** Once somebody waits for it. */
  readonly waitedFor: () => Promise<void>
  readonly letGo: () => Promise<void>
}

/** Holds a proposal as whoever moves it does, until it is let go. */
export async function hold({ test, ada }: ActWorld, proposalId: string): Promise<Held> {
  const held = Promise.withResolvers<void>()
  const free = Promise.withResolvers<void>()
  const holding = writeTx(test.store, ada, async (tx) => {
    await lockProposal(tx, proposalId)
    held.resolve()
    await free.promise
  })
  await held.promise
  return {
    waitedFor: () => waitedFor(test),
    async letGo() {
      free.resolve()
      await holding
    },
  }
}
