import { z } from 'zod'
import { offlineInputSchema } from '../offline.ts'

/** Text of docs/offline-input.schema.json. */
export function offlineSchemaText(): string {
  const schema = z.toJSONSchema(offlineInputSchema, { io: 'input', target: 'draft-2020-12' })
  return `${JSON.stringify({ $id: 'https://countersign.invalid/offline-input.schema.json', title: 'Offline input of countersign evaluate', ...schema }, null, 2)}\n`
}
