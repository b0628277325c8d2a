import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import type { GraphRequest, GraphResponse } from './graph-types.ts'
import type { GraphPath } from './request-path.ts'
import { answerError, answerJson, refuse } from './respond.ts'
import type { Answering } from './respond.ts'

const batchSchema = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.string().transform((method) => method.toUpperCase()),
      url: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).optional(),
    }),
  ),
})

const BATCH_LIMIT = 20

export function isBatch(method: string, parsed: GraphPath): boolean {
  return method === 'POST' && parsed.version === 'v1.0' && parsed.segments.length === 1 && parsed.segments[0]?.toLowerCase() === '$batch'
}

/** Answers up to twenty inner requests, each judged, charged and logged alone; the answers come in no promised order. */
export async function answerBatch(
  request: GraphRequest,
  answering: Answering,
  answerInner: (inner: GraphRequest) => Promise<GraphResponse>,
): Promise<GraphResponse> {
  const parsed = parseBatch(request.bodyText)
  if (!parsed) return answerError(answering, refuse(400, 'BadRequest', 'Invalid batch payload format.'))
  if (parsed.requests.length > BATCH_LIMIT)
    return answerError(answering, refuse(400, 'BadRequest', `Number of batch request steps exceeds the maximum value of ${BATCH_LIMIT}.`))
  let longest = 0
  let trickleMs = 0
  let cutBody = false
  const responses: { id: string; status: number; headers: Readonly<Record<string, string>>; body?: unknown }[] = []
  for (const inner of parsed.requests) {
    // Other requests have their turn between.
    await breathe()
    const failed = inner.dependsOn?.some((id) => (responses.find((response) => response.id === id)?.status ?? 500) >= 400) ?? false
    if (failed) {
      responses.push({
        id: inner.id,
        status: 424,
        headers: {},
        body: { error: { code: 'FailedDependency', message: 'A request that this one depends on failed.' } },
      })
      continue
    }
    const headers = Object.fromEntries(Object.entries(inner.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
    const response = await answerInner({
      method: inner.method,
      url: `/v1.0${inner.url.startsWith('/') ? '' : '/'}${inner.url}`,
      bodyText: inner.body === undefined ? '' : JSON.stringify(inner.body),
      headers: { 'user-agent': request.headers['user-agent'], host: request.headers['host'], ...headers },
    })
    if (response.cut) return response
    longest = Math.max(longest, response.rows ?? 0)
    trickleMs = Math.max(trickleMs, response.trickleMs ?? 0)
    cutBody ||= response.cutBody === true
    const isJson = response.headers['content-type']?.startsWith('application/json') === true
    responses.push({
      id: inner.id,
      status: response.status,
      headers: response.headers,
      ...(response.body === '' ? {} : { body: isJson ? JSON.parse(response.body) : response.body }),
    })
  }
  return {
    ...answerJson(answering, 200, { responses: responses.reverse() }),
    rows: longest,
    ...(trickleMs > 0 ? { trickleMs } : {}),
    ...(cutBody ? { cutBody } : {}),
  }
}

function parseBatch(source: string): z.infer<typeof batchSchema> | undefined {
  try {
    return batchSchema.safeParse(JSON.parse(source)).data
  } catch {
    return undefined
  }
}
