import { shareStack } from '../shared-stack.ts'

shareStack()
// In an order in which none changes what a later one looks at: the journal first, while it is empty; scans at the end.
await import('./shared/receipts.ts')
await import('./shared/alerts.ts')
await import('./shared/suppress.ts')
await import('./shared/baselines.ts')
