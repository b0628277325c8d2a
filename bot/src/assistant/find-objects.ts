import { z } from 'zod'
import type { AidAnswer } from '../engine/act/deps.ts'

type DirectoryReader = Pick<Extract<AidAnswer, { kind: 'aid' }>['reader'], 'get'>

/** What a search in the directory gave. `several` holds at most five; `more` says that there are others. */
export type Found<T> =
  | { readonly kind: 'one'; readonly it: T }
  | { readonly kind: 'several'; readonly rows: readonly T[]; readonly more: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly code: string }
  | { readonly kind: 'signInLost'; readonly why: string }

const shownAtMost = 5
const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const personSchema = z.object({
  id: z.uuid(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string(),
  department: z.string().nullish(),
})
export type FoundPerson = z.output<typeof personSchema>

const applicationSchema = z.object({
  id: z.uuid(),
  appId: z.uuid(),
  displayName: z.string().nullish(),
  passwordCredentials: z
    .array(z.object({ keyId: z.uuid(), displayName: z.string().nullish(), hint: z.string().nullish(), endDateTime: z.string().nullish() }))
    .default([]),
})
export type FoundApplication = z.output<typeof applicationSchema>

const personFields = '$select=id,displayName,userPrincipalName,department'
const applicationFields = '$select=id,appId,displayName,passwordCredentials'

/** A person by object id, user principal name, or the beginning of the display name: exactly one, or those to pick from. */
export function findPeople(reader: DirectoryReader, text: string): Promise<Found<FoundPerson>> {
  if (guidPattern.test(text)) return getOne(reader, `/users/${text.toLowerCase()}?${personFields}`, personSchema)
  const filter = text.includes('@') ? `userPrincipalName eq ${quoted(text)}` : `startswith(displayName,${quoted(text)})`
  return search(reader, '/users', filter, personFields, personSchema)
}

/** An application by object id, application id, or the beginning of its name. */
export async function findApplications(reader: DirectoryReader, text: string): Promise<Found<FoundApplication>> {
  if (!guidPattern.test(text))
    return search(reader, '/applications', `startswith(displayName,${quoted(text)})`, applicationFields, applicationSchema)
  const byAppId = await search(reader, '/applications', `appId eq ${quoted(text.toLowerCase())}`, applicationFields, applicationSchema)
  return byAppId.kind === 'none' ? getOne(reader, `/applications/${text.toLowerCase()}?${applicationFields}`, applicationSchema) : byAppId
}

/** OData string literal: a quote is written twice. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

async function getOne<T>(reader: DirectoryReader, path: string, schema: z.ZodType<T>): Promise<Found<T>> {
  const answer = await reader.get(path)
  if (answer.kind === 'signInLost') return { kind: 'signInLost', why: answer.reason }
  if (answer.kind === 'refused') return answer.status === 404 ? { kind: 'none' } : { kind: 'unreadable', code: answer.code }
  const parsed = schema.safeParse(answer.body)
  return parsed.success ? { kind: 'one', it: parsed.data } : { kind: 'unreadable', code: 'shape' }
}

async function search<T>(reader: DirectoryReader, path: string, filter: string, fields: string, schema: z.ZodType<T>): Promise<Found<T>> {
  const answer = await reader.get(`${path}?$filter=${encodeURIComponent(filter)}&${fields}&$top=${shownAtMost + 1}`)
  if (answer.kind === 'signInLost') return { kind: 'signInLost', why: answer.reason }
  if (answer.kind === 'refused') return { kind: 'unreadable', code: answer.code }
  const parsed = z.object({ value: z.array(schema) }).safeParse(answer.body)
  if (!parsed.success) return { kind: 'unreadable', code: 'shape' }
  const [only, ...others] = parsed.data.value
  if (only === undefined) return { kind: 'none' }
  if (others.length === 0) return { kind: 'one', it: only }
  return { kind: 'several', rows: [only, ...others].slice(0, shownAtMost), more: parsed.data.value.length > shownAtMost }
}
