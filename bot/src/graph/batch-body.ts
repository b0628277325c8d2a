import type { Context } from '@microsoft/microsoft-graph-client'
import { z } from 'zod'

/** Graph takes no more in one batch: https://learn.microsoft.com/graph/json-batching#batch-size-limitations */
export const batchLimit = 20

export interface BatchBody {
  readonly requests: readonly {
    readonly id: string
    readonly method: 'GET'
    readonly url: string
    readonly headers?: Readonly<Record<string, string>>
  }[]
}

/** The body of a batch: GETs by construction, for nobody can say a method. Ids are the places in `urls`. */
export function batchOfReads(urls: readonly string[], eventual: boolean): BatchBody {
  return {
    requests: urls.map((url, index) => ({
      id: String(index),
      method: 'GET',
      url,
      ...(eventual ? { headers: { ConsistencyLevel: 'eventual' } } : {}),
    })),
  }
}

const readsSchema = z.strictObject({
  requests: z.array(
    z.strictObject({
      id: z.string(),
      method: z.literal('GET'),
      url: z.string(),
      headers: z.strictObject({ ConsistencyLevel: z.literal('eventual') }).optional(),
    }),
  ),
})

/** Whether what is about to be sent can only read: a GET, or a batch whose items are GETs without a body. */
export function readsOnly(context: Context): boolean {
  const method = (context.options?.method ?? 'GET').toUpperCase()
  if (method === 'GET') return true
  const { request } = context
  const body = context.options?.body
  if (method !== 'POST' || typeof request !== 'string' || typeof body !== 'string') return false
  if (!URL.canParse(request) || new URL(request).pathname !== '/v1.0/$batch') return false
  return readsSchema.safeParse(JSON.parse(body)).success
}
