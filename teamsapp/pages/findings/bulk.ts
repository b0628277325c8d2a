import * as React from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { problemOf } from '../../client/problem.ts'

/** One thing that is done to several objects, one after the other. */
export interface BulkItem {
  readonly key: string
  readonly name: string
}
export interface BulkOutcome extends BulkItem {
  readonly state: 'done' | 'refused' | 'notAsked'
  /** What happened, in words. */
  readonly sentence: string
}

export interface Bulk<Item extends BulkItem> {
  readonly outcomes: readonly BulkOutcome[]
  readonly isRunning: boolean
  /** Items of the run, for telling how far it has come. */
  readonly of: number
  readonly run: (items: readonly Item[], call: (item: Item) => Promise<string>) => Promise<readonly BulkOutcome[]>
  readonly stop: () => void
}

/** After so many refusals with the same words the rest would be refused alike and is not asked. */
const alikeAtMost = 2

/** Does one thing to each item and tells of each what became of it: a refusal of one loses nothing of the others. */
export function useBulk<Item extends BulkItem>(): Bulk<Item> {
  const queries = useQueryClient()
  const [outcomes, setOutcomes] = React.useState<readonly BulkOutcome[]>([])
  const [of, setOf] = React.useState(0)
  const [isRunning, setRunning] = React.useState(false)
  const isStopped = React.useRef(false)
  React.useEffect(
    () => () => {
      isStopped.current = true
    },
    [],
  )
  return { outcomes, isRunning, of, run, stop: () => void (isStopped.current = true) }

  async function run(items: readonly Item[], call: (item: Item) => Promise<string>): Promise<readonly BulkOutcome[]> {
    isStopped.current = false
    const found: BulkOutcome[] = []
    let alike = 0
    setOutcomes([])
    setOf(items.length)
    setRunning(true)
    for (const item of items) {
      const { key, name } = item
      if (isStopped.current || alike >= alikeAtMost) {
        found.push({
          key,
          name,
          state: 'notAsked',
          sentence: isStopped.current ? 'Not asked: stopped.' : 'Not asked: it would be refused, too.',
        })
      } else {
        const outcome = await outcomeOf(item, call)
        const before = found.at(-1)
        const isAlike = outcome.state === 'refused' && before?.state === 'refused' && before.sentence === outcome.sentence
        alike = outcome.state !== 'refused' ? 0 : isAlike ? alike + 1 : 1
        found.push(outcome)
      }
      setOutcomes([...found])
    }
    setRunning(false)
    for (const name of ['findings', 'finding', 'overview', 'proposals', 'suppressions', 'exceptions'])
      void queries.invalidateQueries([name])
    return found
  }
}

async function outcomeOf<Item extends BulkItem>(item: Item, call: (item: Item) => Promise<string>): Promise<BulkOutcome> {
  const { key, name } = item
  try {
    return { key, name, state: 'done', sentence: await call(item) }
  } catch (error) {
    return { key, name, state: 'refused', sentence: problemOf(error).detail }
  }
}
