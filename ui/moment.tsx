import * as React from 'react'
import { formatAge, formatDay, formatExactTime, formatTime, formatUntil } from './format.ts'
import { useReader } from './reader.tsx'

/** A point in time in the reader's words; the exact time with its zone is the tooltip and stays in the markup. */
export function Moment({
  at,
  as = 'time',
}: {
  readonly at: string
  readonly as?: 'time' | 'day' | 'age' | 'until' | 'exact'
}): React.ReactElement {
  const { locale } = useReader()
  const exact = formatExactTime(at, locale)
  return (
    <time dateTime={at} title={exact}>
      {shown()}
    </time>
  )

  function shown(): string {
    switch (as) {
      case 'time':
        return formatTime(at, locale, Date.now())
      case 'day':
        return formatDay(at, locale, Date.now())
      case 'age':
        return formatAge(at, locale, Date.now())
      case 'until':
        return formatUntil(at, locale, Date.now())
      case 'exact':
        return exact
    }
  }
}
