/**
 * The way of Microsoft's own client: one PageIterator chain for each list, all lists at once, rows counted and dropped.
 * Reads { graph, token, paths } from standard input and prints { milliseconds, rows, requests }.
 */
import { Client, PageIterator, type PageCollection } from '@microsoft/microsoft-graph-client'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const taskSchema = z.object({ graph: z.url(), token: z.string(), paths: z.array(z.string().startsWith('/')) })
const pageSchema = z.looseObject({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() })

const task = taskSchema.parse(JSON.parse(await text(process.stdin)))
let requests = 0
const countedFetch = globalThis.fetch
globalThis.fetch = (...input) => {
  requests += 1
  return countedFetch(...input)
}
const client = Client.init({
  authProvider: (done) => done(null, task.token),
  baseUrl: `${new URL(task.graph).origin}/`,
  customHosts: new Set([new URL(task.graph).hostname]),
})

async function readChain(path: string): Promise<number> {
  const answer: unknown = await client.api(path).get()
  const first = pageSchema.safeParse(answer)
  if (!first.success) return 1
  let rows = 0
  // The parsed page has all that the iterator looks at.
  const iterator = new PageIterator(client, first.data as PageCollection, () => {
    rows += 1
    return true
  })
  await iterator.iterate()
  return rows
}

const begin = performance.now()
const counts = await Promise.all(task.paths.map(readChain))
process.stdout.write(
  `${JSON.stringify({ milliseconds: Math.round(performance.now() - begin), rows: counts.reduce((sum, count) => sum + count, 0), requests })}\n`,
)
