import * as React from 'react'
import { formatReceiptNumber } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from './links.tsx'

/** A receipt in a list: what was changed, its number, who countersigned and when. */
export function ReceiptWords({
  receipt,
}: {
  readonly receipt: {
    readonly proposalId: string
    readonly receiptNumber: number
    readonly title: string
    readonly by: string
    readonly at: string
  }
}): React.ReactElement {
  const text = useText()
  return (
    <>
      <PageLink quiet to={`/receipts/${receipt.proposalId}`}>
        {receipt.title}
      </PageLink>
      <p className={text.caption}>
        {`${formatReceiptNumber(receipt.receiptNumber)} · ${receipt.by} · `}
        <Moment at={receipt.at} />
      </p>
    </>
  )
}
