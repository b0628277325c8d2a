import { z } from 'zod'
import { unreadReasons } from '../posture/fact.ts'

/** Why there is nothing to show; null where there is. An empty list with a reason is no empty list. */
export const notKnownSchema = z.object({ reason: z.enum([...unreadReasons, 'noScan']), detail: z.string() }).nullable()
export type NotKnown = z.infer<typeof notKnownSchema>
