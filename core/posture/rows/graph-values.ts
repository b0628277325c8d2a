import { z } from 'zod'

/** Object and credential ids; compared without regard to case. */
export const graphId = z
  .string()
  .min(1)
  .max(200)
  // A database cannot hold U+0000, nor an address half of a pair; Graph's own ids have neither.
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'holds a control character or half of a surrogate pair')

/** An instant with its offset; a calendar date that does not exist is refused. */
export const graphTime = z.iso.datetime({ offset: true })

/** 0001-01-01 is how Graph's services write a time that was never set: none, as null is. */
export const graphTimeOrNone = graphTime.nullable().transform((time) => (time?.startsWith('0001-01-01T') ? null : time))

/** Names are shown, never decided on: Graph documents displayName as nullable. */
export const graphName = z
  .string()
  .max(2000)
  .nullish()
  .transform((name) => name ?? null)

export type GraphName = z.infer<typeof graphName>

/** A name for people: the id where Graph gives none. */
export function nameOr(name: GraphName, id: string): string {
  return name === null || name.trim() === '' ? id : name
}

/** Ids are GUIDs that Graph writes in either case. */
export function sameId(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
