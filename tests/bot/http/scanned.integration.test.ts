import { shareStack } from '../shared-stack.ts'

shareStack()
// In an order in which none changes what a later one looks at: the first before any scan, the last with scans of its own.
await import('./scanned/before.ts')
await import('./scanned/reports.ts')
await import('./scanned/findings.ts')
await import('./scanned/near-miss.ts')
await import('./scanned/people.ts')
await import('./scanned/search-and-events.ts')
