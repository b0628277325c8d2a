import { describe, expect, test } from '@jest/globals'
import { matchingReceipts, receiptColumns, sortedReceipts, type ReceiptLine } from '../../teamsapp/pages/receipts/receipt-rows.ts'

function line(receiptNumber: number, title: string, by: string, more: Partial<ReceiptLine> = {}): ReceiptLine {
  const at = `2026-11-${String(receiptNumber).padStart(2, '0')}T08:00:00.000Z`
  return { proposalId: `id-${receiptNumber}`, receiptNumber, title, by, at, state: 'verified', echo: 'found', ...more }
}
const receipts = [
  line(1, 'Remove a secret from Payroll Sync', 'Maja'),
  line(2, 'Block Erik', 'Jonas', { echo: 'pending' }),
  line(3, 'Delete a guest', 'Maja', { state: 'verifyFailed' }),
]
const numbers = (list: readonly ReceiptLine[]): number[] => list.map(({ receiptNumber }) => receiptNumber)

describe('receipts', () => {
  test.each([
    ['', '', [1, 2, 3]],
    ['maja', '', [1, 3]],
    ['R-0002', '', [2]],
    ['secret MAJA', '', [1]],
    ['audit row', '', [2]],
    ['nothing is called so', '', []],
    ['', 'verified', [1]],
    ['', 'open', [2]],
    ['', 'failed', [3]],
    ['jonas', 'verified', []],
  ])('searched for %p that stand %p are %p', (words, standing, found) => {
    expect(numbers(matchingReceipts(receipts, words, standing))).toEqual(found)
  })

  test.each([
    ['-number', [3, 2, 1]],
    ['number', [1, 2, 3]],
    ['title', [2, 3, 1]],
    ['by', [2, 3, 1]],
    ['-at', [3, 2, 1]],
    ['no-such-column', [1, 2, 3]],
  ])('ordered by %s are %p', (order, found) => {
    expect(numbers(sortedReceipts(receipts, order, 'en'))).toEqual(found)
  })

  test.each(receiptColumns.map(({ id }) => id))('the column %s turns around whole where no two are alike', (id) => {
    const two = receipts.slice(0, 2)
    expect(numbers(sortedReceipts(two, `-${id}`, 'en'))).toEqual(numbers(sortedReceipts(two, id, 'en')).toReversed())
  })
})
