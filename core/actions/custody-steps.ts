import { renderMessage } from '../text/message.ts'
import type { EchoState } from './echo.ts'
import type { JournalRecord } from './journal.ts'
import type { Proposal } from './proposal.ts'
import { readBackBody } from './record-bodies.ts'

interface Told {
  readonly state: 'done' | 'waiting' | 'broken' | 'notNeeded'
  readonly sentence: string
}

/** How far a plan of several steps came. `end`: what is said of a plan that has ended otherwise than verified. */
export function stepsCarriedOut(proposal: Proposal, records: readonly JournalRecord[], end: string, locale: string): Told {
  const done = new Set<number>()
  for (const { kind, body } of records) {
    const read = kind === 'readBack' ? readBackBody.safeParse(body) : undefined
    if (read?.success && read.data.met === 'met') done.add(read.data.stepIndex)
  }
  const values = { done: done.size, total: proposal.steps.length }
  const told = renderMessage('{done} of {total} steps were carried out and read back.', values, locale)
  if (proposal.state === 'verified') return { state: 'done', sentence: told }
  if (proposal.state === 'executing') return { state: 'waiting', sentence: told }
  return { state: 'broken', sentence: `${told} ${end}` }
}

/** What the tenant's log shows of the steps that were sent. */
export function stepsMatched(echoes: readonly { readonly state: EchoState }[], locale: string): Told {
  const states = echoes.map(({ state }) => state)
  const values = { found: states.filter((state) => state === 'found').length, total: states.length }
  const sentence = renderMessage('The tenant’s own audit log shows {found} of the {total} steps that were sent.', values, locale)
  if (values.found === values.total) return { state: 'done', sentence }
  if (states.includes('pending')) return { state: 'waiting', sentence }
  return { state: states.some((state) => state === 'ambiguous' || state === 'notFound') ? 'broken' : 'notNeeded', sentence }
}
