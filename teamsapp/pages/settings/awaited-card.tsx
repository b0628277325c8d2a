import * as React from 'react'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { TroubleBar } from '../../layout/states.tsx'

/** A card whose data are still on their way, or could not be had. */
export function AwaitedCard({
  title,
  query: { error, refetch },
}: {
  readonly title: string
  readonly query: { readonly error: unknown; readonly refetch: () => unknown }
}): React.ReactElement {
  const text = useText()
  return (
    <Card title={title}>
      {error == null ? <p className={text.body}>Being read.</p> : <TroubleBar error={error} onRetry={() => void refetch()} />}
    </Card>
  )
}
