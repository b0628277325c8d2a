import * as React from 'react'
import { boxParts, pathParts } from './path-parts.ts'

/** A name with the places where it may break; `letters` is how many a line of a narrow box takes. */
export function PathText({ text, letters }: { readonly text: string; readonly letters?: number }): React.ReactElement {
  const parts = letters === undefined ? pathParts(text) : boxParts(text, letters)
  return (
    <>
      {parts.map((part, index) => (
        <React.Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </React.Fragment>
      ))}
    </>
  )
}
