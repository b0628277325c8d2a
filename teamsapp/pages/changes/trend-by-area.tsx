import * as React from 'react'
import { Select } from '@fluentui/react-components'
import type { Trend as TrendData } from '@countersign/core/api/history.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { TrendFoot, TrendOrTable } from '@countersign/ui/trend.tsx'

/** The score over time, whole or of one area. */
export function TrendByArea({ trend }: { readonly trend: TrendData }): React.ReactElement {
  const text = useText()
  const [area, setArea] = React.useState<keyof TrendData['points'][number]['areas'] | 'all'>('all')
  const [asTable, setAsTable] = React.useState(false)
  const points = trend.points.flatMap((point) => {
    const value = area === 'all' ? point.score : point.areas[area]
    return value == null ? [] : [{ at: point.at, value }]
  })
  return (
    <Card
      title="Score over time"
      action={
        <Select
          size="small"
          aria-label="Area"
          value={area}
          onChange={(_, { value }) => setArea(trend.areas.find((one) => one.area === value)?.area ?? 'all')}
        >
          <option value="all">All areas</option>
          {trend.areas.map((one) => (
            <option key={one.area} value={one.area}>
              {one.title}
            </option>
          ))}
        </Select>
      }
      {...(points.length > 1 ? { footer: <TrendFoot points={points} asTable={asTable} onToggle={() => setAsTable(!asTable)} /> } : {})}
    >
      {points.length > 1 ? (
        <TrendOrTable points={points} asTable={asTable} />
      ) : (
        <p className={text.body}>The trend begins with the second scan.</p>
      )}
    </Card>
  )
}
