import { describe, expect, test } from '@jest/globals'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { formatUntil } from '../../ui/format.ts'
import { lacks, matchingActions, sortedActions, switchEffect } from '../../teamsapp/pages/actions/action-rows.ts'
import { matchingProposals, outcomeOf, sortedProposals } from '../../teamsapp/pages/actions/history-rows.ts'
import { waitingGroups } from '../../teamsapp/pages/actions/waiting-groups.ts'
import { mayWithdraw, waitsFor } from '../../teamsapp/layout/proposal.ts'
import { actionList, manyProposals, proposalList, stopped, unclear } from './sample-actions.ts'
import { scopes } from './sample-permissions.ts'
import { me, proposal } from './sample-records.ts'

const { actions } = actionList
function action(id: string): (typeof actions)[number] {
  const found = actions.find((one) => one.id === id)
  if (!found) throw new Error(`The sample has no action ${id}.`)
  return found
}
const all = { words: '', impact: 'all', area: 'all', state: 'all' } as const

describe('the catalogue', () => {
  test('is searched by title, permission and role, and chosen from by impact, area and switch', () => {
    expect(matchingActions(actions, { ...all, words: 'UserAuthMethod-Phone' }).map(({ id }) => id)).toEqual(['remove-sign-in-method'])
    expect(matchingActions(actions, { ...all, words: 'security operator dismiss' }).map(({ id }) => id)).toEqual(['dismiss-risky-user'])
    expect(matchingActions(actions, { ...all, impact: 'high' }).every(({ approvals }) => approvals === 2)).toBe(true)
    expect(matchingActions(actions, { ...all, area: 'policies', impact: 'normal' }).map(({ id }) => id)).toEqual(['create-policy'])
    const on = matchingActions(actions, { ...all, state: 'on' })
    const off = matchingActions(actions, { ...all, state: 'off' })
    expect(on.length + off.length).toBe(actions.length)
    expect(matchingActions(actions, { ...all, state: 'lacking' }).map(({ id }) => id)).toEqual(['enforce-policy'])
    expect(lacks({ ...action('enforce-policy'), enabled: false })).toBe(false)
  })

  test('is sorted by any column, both ways, and by title where that says nothing', () => {
    const titles = sortedActions(actions, 'title', 'en').map(({ title }) => title)
    expect(titles).toEqual([...titles].sort(new Intl.Collator('en').compare))
    expect(sortedActions(actions, 'enabled', 'en')[0]?.enabled).toBe(true)
    expect(sortedActions(actions, '-enabled', 'en')[0]?.enabled).toBe(false)
    expect(sortedActions(actions, '-impact', 'en')[0]?.impact).toBe('high')
    expect(sortedActions(actions, 'nonsense', 'en')).toEqual(sortedActions(actions, 'title', 'en'))
  })

  test('switching off frees only what nothing else needs, and never what the Aid needs anyway', () => {
    const off = switchEffect(action('enforce-policy'), actions, scopes)
    expect(off.scopes).toContain('Policy.ReadWrite.ConditionalAccess')
    expect(off.scopes).not.toContain('AuditLog.Read.All')
    expect(off.role).toBe('Conditional Access Administrator')
    expect(action('enforce-policy').writeScopes).toContain('Application.Read.All')
    expect(off.scopes).not.toContain('Application.Read.All')
    expect(switchEffect(action('enforce-policy'), actions, undefined).scopes).toContain('Application.Read.All')
    expect(switchEffect(action('enable-user'), actions, scopes)).toMatchObject({ scopes: [], role: null })
  })
})

describe('what waits', () => {
  const groups = waitingGroups(proposalList, me)

  test('is grouped by whose turn it is', () => {
    expect(groups.mine.map(({ state }) => state)).toEqual(['awaitingSecond', 'offered'])
    expect(groups.unclear.map(({ id }) => id)).toEqual([unclear.id])
    expect(groups.stopped.map(({ id }) => id)).toEqual([stopped.id])
    expect(groups.underWay.map(({ state }) => state)).toEqual(['executing'])
    expect(groups.count).toBe(5)
  })

  test('waits for the other person after the first has countersigned', () => {
    const mine: ProposalView = {
      ...proposal,
      state: 'awaitingSecond',
      countersignedBy: [{ objectId: me.objectId, name: me.displayName, at: proposal.createdAt }],
    }
    expect(waitsFor(mine, me)).toBe(false)
    expect(mayWithdraw(mine, me)).toBe(true)
    expect(waitsFor(mine, { ...me, objectId: 'another' })).toBe(true)
    expect(waitsFor(proposal, { ...me, objectId: 'another' })).toBe(false)
    expect(mayWithdraw(proposal, { ...me, objectId: 'another' })).toBe(false)
    expect(waitsFor(proposal, { ...me, may: { ...me.may, propose: false } })).toBe(false)
    expect(waitsFor(proposal, undefined)).toBe(false)
  })
})

describe('the history', () => {
  test('every state has an outcome; words and outcome choose', () => {
    expect(outcomeOf('settled')).toBe('done')
    expect(outcomeOf('awaitingSecond')).toBe('open')
    expect(matchingProposals(proposalList, 'jonas secret', 'done').map(({ receiptNumber }) => receiptNumber)).toEqual([38])
    expect(matchingProposals(proposalList, 'wilhelmina', 'all').map(({ id }) => id)).toEqual([stopped.id])
    expect(matchingProposals(proposalList, '', 'notDone').map(({ state }) => state)).toEqual(['expired', 'rejected', 'stale'])
  })

  test('newest first unless another order is asked for', () => {
    const many = sortedProposals(manyProposals(500), '-at', 'en')
    expect(many.every(({ createdAt }, index) => index === 0 || createdAt <= (many[index - 1]?.createdAt ?? ''))).toBe(true)
    expect(sortedProposals(proposalList, '-receipt', 'en')[0]?.receiptNumber).toBe(43)
  })
})

test('the time that is left is told in whole units, and never below nothing', () => {
  const now = Date.parse('2026-11-22T08:30:00.000Z')
  const after = (minutes: number): string => formatUntil(new Date(now + minutes * 60_000).toISOString(), 'en', now)
  expect([after(-5), after(0.5), after(12), after(119), after(24 * 60), after(72 * 60)]).toEqual([
    'now',
    'now',
    'in 12 minutes',
    'in 1 hour',
    'in 24 hours',
    'in 3 days',
  ])
})
