import * as React from 'react'

/** Long permission and path names may break before dots and slashes, and nowhere that changes how they read. */
export function PathText({ text }: { readonly text: string }): React.ReactElement {
  const parts = text.split(/(?=[./][\w$])/)
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
