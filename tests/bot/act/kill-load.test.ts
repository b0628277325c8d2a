import { describe, expect, it } from '@jest/globals'
import { troublesOf, type Effect, type StoredReport } from './kill-load.ts'

const proposal: StoredReport = {
  id: 'p',
  state: 'verified',
  actionId: 'disable-user',
  receiptNumber: 1,
  chainVerified: true,
  steps: [{ state: 'done', met: 'met', clientRequestId: 'r' }],
}
const write: Effect = { method: 'PATCH', path: '/v1.0/users/u', effect: true, clientRequestId: 'r' }

describe('what a kill drill looks for', () => {
  it('finds nothing where every effect is known once and receipted', () => {
    expect(troublesOf([proposal], [write])).toEqual([])
  })
  it.each([
    ['a request that was sent twice', [proposal], [write, { ...write, effect: false }]],
    ['an effect of which no step knows', [proposal], [write, { ...write, clientRequestId: 'other' }]],
    ['a write without any mark', [proposal], [write, { ...write, clientRequestId: null }]],
    ['an effect without a receipt', [{ ...proposal, state: 'expired' as const, receiptNumber: null }], [write]],
    ['a chain that does not verify', [{ ...proposal, chainVerified: false }], [write]],
    ['a proposal verified without its effect', [proposal], [{ ...write, effect: false }]],
    [
      'a proposal verified with a step that was never read back',
      [{ ...proposal, steps: [{ state: 'done', met: null, clientRequestId: 'r' }] }],
      [write],
    ],
  ])('finds %s', (_what, stored, writes) => {
    expect(troublesOf(stored, writes)).toHaveLength(1)
  })
})
