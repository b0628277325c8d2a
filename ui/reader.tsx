import * as React from 'react'

/** Which of Fluent's three families the theme belongs to; severity colours and bar patterns follow it. */
export type Scheme = 'light' | 'dark' | 'contrast'

export interface Reader {
  readonly scheme: Scheme
  /** BCP 47 tag of the reader's language; undefined takes the browser's. */
  readonly locale: string | undefined
}

const ReaderContext = React.createContext<Reader>({ scheme: 'light', locale: undefined })

/** Tells every component below how the reader sees and reads. */
export const ReaderProvider = ReaderContext.Provider

export function useReader(): Reader {
  return React.useContext(ReaderContext)
}
