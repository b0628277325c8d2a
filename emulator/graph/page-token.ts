import { createHash } from 'node:crypto'
import { z } from 'zod'

const tokenSchema = z.object({
  /** Path and options that the token belongs to, hashed. */
  of: z.string(),
  /** How many rows were answered before this page. */
  offset: z.number().int().nonnegative(),
  /** The last row that was answered; the next page begins after it where it still exists. */
  after: z.string(),
  issuedAt: z.number(),
  /** Whether page one carried ConsistencyLevel: later pages must carry it too. */
  eventual: z.boolean(),
})

export type PageToken = z.infer<typeof tokenSchema>

/** What a token belongs to: the path with every option but the token itself. */
export function tokenOwner(tenantId: string, path: string, options: URLSearchParams): string {
  const parts = [...options]
    .filter(([name]) => name !== '$skiptoken')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
  return createHash('sha256')
    .update([tenantId, path, ...parts].join('\n'))
    .digest('base64url')
    .slice(0, 22)
}

export function writePageToken(token: PageToken): string {
  return writeToken(token)
}

/** Reads a token back; undefined when it was tampered with. */
export function readPageToken(source: string): PageToken | undefined {
  const parsed = tokenSchema.safeParse(readToken(source))
  return parsed.success ? parsed.data : undefined
}

export function writeToken(content: unknown): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${body}.${checksum(body)}`
}

/** What a token holds; undefined when it was tampered with. */
export function readToken(source: string): unknown {
  const [body = '', sum = ''] = source.split('.')
  return checksum(body) === sum ? JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) : undefined
}

function checksum(body: string): string {
  return createHash('sha256').update(`page token ${body}`).digest('base64url').slice(0, 12)
}
