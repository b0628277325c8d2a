import { describe, expect, it } from '@jest/globals'
import type { Proposal } from '../../../core/actions/proposal.ts'
import { isLive, liveCard, stateCard } from '../../../bot/src/chat/cards/offer-state.ts'
import { id, long, offerOf, proposalOf, read, viewOf } from './card-world.ts'

describe('a plan of steps and two people', () => {
  const about = (n: number) => ({ type: 'user', id: id(n), name: `Guest ${n}`, qualifier: `guest${n}@contoso.example` }) as const
  const base = proposalOf('Guest 1', 'partlyDone')
  const [step] = base.steps
  if (!step) throw new Error('The proposal has no step.')
  const steps = [1, 2, 3].map((n) => ({ ...step, about: about(n) }))
  const plan: Proposal = { ...base, actionId: 'disable-stale-guests', steps, approvals: 2, receiptNumber: 7, endReason: 'stepRefused' }

  it('lists the objects before, and afterwards how each step went, in words beside the sign', () => {
    const live = read(liveCard(viewOf({ ...plan, state: 'offered', receiptNumber: null }), '29:ada')).text
    const ended = read(stateCard({ ...viewOf(plan), steps: ['done', 'failed', 'notSent'] }, 'http://tab')).text
    for (const n of [1, 2, 3])
      for (const shown of [live, ended]) expect(shown).toContain(`Guest ${n} (guest${n}@contoso.example), ${id(n)}`)
    expect(ended).toMatch(/✓ Done.*Guest 1/s)
    expect(ended).toMatch(/✗ Not done.*Guest 2/s)
    expect(ended).toMatch(/– Not sent.*Guest 3/s)
    expect(ended).toContain('reply: resume R-0007')
  })

  it('with twenty objects of long names stays below the 28 KB that Teams takes, live and ended', () => {
    const twenty = Array.from({ length: 20 }, (_, n) => ({ ...step, about: { ...about(n % 10), name: long, qualifier: long } }))
    const changes = twenty.map(() => ({ field: 'signIn', before: `allowed: ${long}`, after: 'blocked' }))
    const large: Proposal = { ...plan, steps: twenty, changes }
    const states = twenty.map(() => 'notCertain' as const)
    for (const card of [
      liveCard(viewOf({ ...large, state: 'offered', receiptNumber: null }), '29:ada'),
      stateCard({ ...viewOf(large), steps: states }, 'http://tab'),
    ])
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1024)
  })

  it('after the first yes names who can be the second, by name and object id, and nobody as nobody', () => {
    const waiting = viewOf({ ...plan, state: 'awaitingSecond', receiptNumber: null })
    const shown = read(stateCard({ ...waiting, seconds: [{ name: '[Bo](http://evil)', objectId: id(8) }] }, 'http://tab')).text
    expect(shown).toContain('Waiting for a second person')
    expect(shown).toMatch(new RegExp(`Bo.* \\(${id(8)}\\) can countersign it now`))
    expect(shown).not.toContain('](')
    expect(read(stateCard(waiting, 'http://tab')).text).toContain('Nobody else who may has a chat with me now')
  })

  it('the second person’s card says who asked and said yes first, live and afterwards', () => {
    const firstBy = { name: 'Ada Lind', objectId: id(4) }
    const proposal = { ...plan, state: 'awaitingSecond', receiptNumber: null } as const
    const second = { ...viewOf(proposal, { ...offerOf(proposal), personId: id(9) }), firstBy }
    expect(isLive(second, Date.parse('2026-11-22T12:01:00Z'))).toBe(true)
    expect(read(liveCard(second, '29:bo')).text).toContain(`Ada Lind (${id(4)})`)
    expect(read(stateCard({ ...second, proposal: plan }, 'http://tab')).text).toContain(`Ada Lind (${id(4)})`)
  })
})
