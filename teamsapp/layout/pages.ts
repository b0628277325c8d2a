export interface PageEntry {
  readonly path: `/${string}`
  readonly title: string
  /** A page is linked to from the day it can be opened. */
  readonly isOpen: boolean
}

/** The pages of the tab in the order of the header, which folds from the right what does not fit. */
export const entries = [
  { path: '/overview', title: 'Overview', isOpen: true },
  { path: '/findings', title: 'Findings', isOpen: true },
  { path: '/applications', title: 'Applications', isOpen: true },
  { path: '/people', title: 'People and roles', isOpen: true },
  { path: '/changes', title: 'Changes', isOpen: true },
  { path: '/actions', title: 'Actions', isOpen: true },
  { path: '/receipts', title: 'Receipts', isOpen: true },
  { path: '/trust', title: 'Trust Center', isOpen: true },
  { path: '/settings', title: 'Settings', isOpen: true },
] as const satisfies readonly PageEntry[]

export const pages: readonly PageEntry[] = entries.filter(({ isOpen }) => isOpen)

/** The page of an address, also for what lies below it. */
export function pageAt(pathname: string): PageEntry | undefined {
  return pages.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
}
