import { z } from 'zod'
import type { PreStateAnswers } from '../action.ts'
import { parseAnswer, refuse } from './planning.ts'
import type { Refused } from './planning.ts'

/** People whom a plan puts somewhere: as an owner, a reviewer, an exception. */
export const personSchema = z.object({
  id: z.guid(),
  displayName: z.string().nullable(),
  userPrincipalName: z.string(),
  accountEnabled: z.boolean(),
  // Null for accounts made before there were guests.
  userType: z.string().nullable(),
})
export type Person = z.infer<typeof personSchema>

export const personFields = 'id,displayName,userPrincipalName,accountEnabled,userType'

export function personName({ displayName, userPrincipalName }: Person): string {
  return displayName ?? userPrincipalName
}

/** Only enabled members: `blocked` and `notMember` name the person. */
export function whyNotEligible(person: Person): Refused | undefined {
  if (!person.accountEnabled) return refuse('blocked', { person: personName(person) })
  return person.userType === 'Guest' ? refuse('notMember', { person: personName(person) }) : undefined
}

/** Several people, all of them enabled members, or why not; the answers stand in the order of the ids. */
export function parsePeople(
  ids: readonly string[],
  answers: PreStateAnswers,
): { readonly kind: 'read'; readonly people: readonly Person[] } | Refused {
  const people: Person[] = []
  for (const [index, id] of ids.entries()) {
    const person = parseAnswer(personSchema, answers[index], id)
    if (person.kind === 'refused') return person
    const unfit = whyNotEligible(person.row)
    if (unfit) return unfit
    people.push(person.row)
  }
  return { kind: 'read', people }
}

/** Ids of people, each once. */
export function peopleInput(most: number, least: 0 | 1) {
  return z
    .array(z.guid())
    .min(least)
    .max(most)
    .refine((ids) => new Set(ids.map((id) => id.toLowerCase())).size === ids.length, 'Name each person once.')
}
