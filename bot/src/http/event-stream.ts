import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import type { StreamItem } from './handler.ts'
import type { FileAnswer } from './problem.ts'

/** Sends Server-Sent Events (html.spec.whatwg.org/multipage/server-sent-events.html); undefined items become comments that keep the line open. */
export function sendEvents(reply: FastifyReply, items: AsyncIterable<StreamItem | undefined>, signal: AbortSignal): FastifyReply {
  const lines = Readable.from(textOf(items), { signal })
  // The reader went away: nothing to say and nobody to say it to.
  lines.on('error', () => undefined)
  return reply.type('text/event-stream; charset=utf-8').headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' }).send(lines)
}

/** Sends a file as fast as the reader takes it. One that breaks off is cut, so that it is not taken for whole. */
export function sendFile(reply: FastifyReply, { type, name, pieces }: FileAnswer): FastifyReply {
  return reply
    .type(type)
    .headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${name}"` })
    .send(Readable.from(pieces, { objectMode: false }))
}

async function* textOf(items: AsyncIterable<StreamItem | undefined>): AsyncIterable<string> {
  yield ': open\n\n'
  for await (const item of items) yield item ? `id: ${item.id}\nevent: ${item.event}\ndata: ${item.data}\n\n` : ': \n\n'
}
