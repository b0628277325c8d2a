import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Route } from '@countersign/core/api/route.ts'
import { brokenTexts } from '@countersign/core/text/whole-text.ts'
import type { AnyCall } from './handler.ts'
import { refuse, type Refused } from './problem.ts'

type Input = Pick<AnyCall, 'params' | 'query' | 'body'>

/** Of a long list of mistakes the first will do. */
const mostErrors = 50

/** Parses everything that came in; mistakes are named with their places. */
export function parseInput(
  route: Route,
  raw: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
): { readonly kind: 'parsed'; readonly value: Input } | Refused {
  const errors: { path: string; message: string }[] = []
  const parse = (part: 'params' | 'query' | 'body', schema: z.ZodType | undefined): unknown => {
    if (!schema) return undefined
    for (const path of brokenTexts(part, raw[part])) errors.push({ path, message: 'must not hold U+0000 or half of a surrogate pair' })
    const parsed = schema.safeParse(raw[part] ?? {})
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) errors.push({ path: [part, ...issue.path].join('.'), message: issue.message })
    return undefined
  }
  if (!route.body && Object.keys(Object(raw.body)).length > 0) errors.push({ path: 'body', message: 'is not expected here' })
  const value = { params: parse('params', route.params), query: parse('query', route.query), body: parse('body', route.body) }
  if (errors.length > 0)
    return refuse(400, 'Not understood', 'The request does not have the shape that is expected here.', {
      errors: errors.slice(0, mostErrors),
      mend: 'See /api/openapi.json for what is expected.',
    })
  return { kind: 'parsed', value }
}

/** Deeper than anything that is expected; writing out what lies thousands of levels deep asks for more calls than there can be. */
const deepest = 50

export function isTooDeep(json: unknown): boolean {
  let level = [json]
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1)
    level = level.flatMap((value): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  return level.length > 0
}

export function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
}

/** The reader's tag for numbers and dates among the languages that texts exist in: English, in any script and region. */
export function localeOf(header: string | undefined): string {
  const tags = (header ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '')
  const english = tags.find((tag) => /^en(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i.test(tag))
  return english ? (Intl.getCanonicalLocales(english)[0] ?? 'en') : 'en'
}
