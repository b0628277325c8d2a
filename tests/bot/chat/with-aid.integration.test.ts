import { shareChat } from './shared-chat.ts'

shareChat()
// In an order in which none changes what a later one looks at: the first while the chat is not known yet, the next while nothing has been
// carried out.
await import('./shared/alerts.ts')
await import('./shared/not-confirmed-by.ts')
await import('./shared/countersign.ts')
