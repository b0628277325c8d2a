import { formatReceiptNumber } from '@countersign/ui/format.ts'
import type { AnswerOf } from '../../client/service.ts'
import { receiptMark } from '../../layout/words.ts'

export type ReceiptLine = AnswerOf<'GET /api/receipts'>['receipts'][number]

export const receiptColumns = [
  { id: 'number', title: 'Receipt', isNumber: false },
  { id: 'title', title: 'Change', isNumber: false },
  { id: 'by', title: 'Countersigned by', isNumber: false },
  { id: 'at', title: 'When', isNumber: true },
  { id: 'state', title: 'State', isNumber: false },
] as const

/** What a person chooses by, in place of every state with every answer of the audit log. */
export const standingWords = { verified: 'Verified', open: 'Not yet certain', failed: 'Failed or needs a look' } as const

function standingOf({ state, echo }: ReceiptLine): keyof typeof standingWords {
  const { standing } = receiptMark(state, echo)
  if (standing === 'proven') return 'verified'
  return standing === 'failing' || standing === 'stale' ? 'failed' : 'open'
}

/** Receipts with all the words, and that stand as chosen; '' chooses everything. */
export function matchingReceipts(receipts: readonly ReceiptLine[], words: string, standing: string): ReceiptLine[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return receipts.filter((receipt) => {
    if (standing !== '' && standingOf(receipt) !== standing) return false
    const told = [formatReceiptNumber(receipt.receiptNumber), receipt.title, receipt.by, receiptMark(receipt.state, receipt.echo).word]
    return wanted.every((word) => told.join(' ').toLowerCase().includes(word))
  })
}

export function sortedReceipts(receipts: readonly ReceiptLine[], order: string, locale: string | undefined): ReceiptLine[] {
  const { compare: byWords } = new Intl.Collator(locale)
  const sign = order.startsWith('-') ? -1 : 1
  const column = receiptColumns.find(({ id }) => id === order.replace(/^-/, ''))?.id ?? 'number'
  return [...receipts].sort((one, other) => sign * compare(one, other) || other.receiptNumber - one.receiptNumber)

  function compare(one: ReceiptLine, other: ReceiptLine): number {
    switch (column) {
      case 'number':
        return one.receiptNumber - other.receiptNumber
      case 'title':
        return byWords(one.title, other.title)
      case 'by':
        return byWords(one.by, other.by)
      case 'at':
        return Date.parse(one.at) - Date.parse(other.at)
      case 'state':
        return byWords(receiptMark(one.state, one.echo).word, receiptMark(other.state, other.echo).word)
    }
  }
}
