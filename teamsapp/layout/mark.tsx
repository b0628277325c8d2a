import * as React from 'react'
import { colour } from '@countersign/ui/palette.ts'

/** The product's mark: a shield with the trace of a signature. */
export function Mark({ size = 20 }: { readonly size?: number }): React.ReactElement {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke={colour.brand}
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M12 2.6c2.5 1.7 5 2.5 7.6 2.6v6.1c0 4.8-3 8.3-7.6 10.1-4.6-1.8-7.6-5.3-7.6-10.1V5.2c2.6-.1 5.1-.9 7.6-2.6z" />
      <path d="M7.6 12.6h2.1l1.5-3.4 2.2 5.4 1.3-2h1.7" />
    </svg>
  )
}
