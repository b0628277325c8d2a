import { shareStack } from '../shared-stack.ts'

shareStack()
// In an order in which none changes what a later one looks at. First what needs no scan, or none yet, and an empty journal:
await import('./scanned/before.ts')
await import('../cli/shared/receipts.ts')
await import('./scanned/access.ts')
// The first scan, those after changes in the tenant, and their history, which the newest ends with everything read:
await import('./scanned/first-scan.ts')
await import('./scanned/changes.ts')
await import('./scanned/history.ts')
await import('./scanned/live.ts')
// What looks at that scan, then what has it judged by other values:
await import('./scanned/reports.ts')
await import('./scanned/findings.ts')
await import('./scanned/people.ts')
await import('./scanned/near-miss.ts')
await import('../cli/shared/alerts.ts')
await import('../cli/shared/suppress.ts')
await import('./scanned/search-and-events.ts')
await import('../cli/shared/baselines.ts')
await import('../identity/shared/connecting-aid.ts')
// What scans itself, and in the end stands in the way of scans:
await import('./scanned/not-read.ts')
await import('../cli/shared/scan.ts')
await import('./scanned/interrupted.ts')
