import { z } from 'zod'
import type { AidAnswer } from '../engine/act/deps.ts'
import type { SearchKind } from './commands/command.ts'

export type DirectoryReader = Pick<Extract<AidAnswer, { kind: 'aid' }>['reader'], 'get'>

/** Why nothing could be shown. */
export type Problem =
  { readonly kind: 'none' } | { readonly kind: 'unreadable'; readonly code: string } | { readonly kind: 'signInLost'; readonly why: string }

/** What a search in the directory gave. `several` holds at most five; `more` says that there are others. */
export type Found =
  | { readonly kind: 'one'; readonly it: FoundObject }
  | { readonly kind: 'several'; readonly rows: readonly FoundObject[]; readonly more: boolean }
  | Problem

export interface FoundObject {
  readonly id: string
  /** As the tenant calls it: to be cleaned before it is shown. */
  readonly name: string
  /** What tells two objects of one name apart. */
  readonly details: readonly string[]
}

const shownAtMost = 5
const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const byName = (text: string): string => `startswith(displayName,${quoted(text)})`

interface Kind {
  readonly path: string
  readonly select: string
  /** The filters that are tried one after the other until one finds something; an object id is asked for before. */
  readonly filters: (text: string) => readonly string[]
  readonly row: z.ZodType<FoundObject>
}

const named = z.object({ id: z.guid(), displayName: z.string().nullish() })
const person = named
  .extend({ userPrincipalName: z.string(), mail: z.string().nullish(), department: z.string().nullish() })
  .transform(({ id, displayName, userPrincipalName, mail, department }): FoundObject => ({
    id,
    name: displayName || userPrincipalName,
    details: [userPrincipalName, mail ?? '', department ?? ''].filter(
      (detail, index, all) => detail !== '' && all.indexOf(detail) === index,
    ),
  }))
const application = named
  .extend({ appId: z.guid() })
  .transform(({ id, displayName, appId }): FoundObject => ({ id, name: displayName || appId, details: [`Application id ${appId}`] }))
const byAppId = (text: string): readonly string[] => (guidPattern.test(text) ? [`appId eq ${quoted(text.toLowerCase())}`] : [byName(text)])

const kinds = {
  user: {
    path: '/users',
    select: 'id,displayName,userPrincipalName,department',
    filters: (text) => [text.includes('@') ? `userPrincipalName eq ${quoted(text)}` : byName(text)],
    row: person,
  },
  guest: {
    path: '/users',
    select: 'id,displayName,userPrincipalName,mail',
    filters: (text) => {
      const isGuest = "userType eq 'Guest'"
      if (!text.includes('@')) return [`${isGuest} and ${byName(text)}`]
      return [`${isGuest} and userPrincipalName eq ${quoted(text)}`, `${isGuest} and mail eq ${quoted(text)}`]
    },
    row: person,
  },
  group: {
    path: '/groups',
    select: 'id,displayName,mail,securityEnabled',
    filters: (text) => [byName(text)],
    row: named
      .extend({ mail: z.string().nullish(), securityEnabled: z.boolean().nullish() })
      .transform(({ id, displayName, mail, securityEnabled }) => ({
        id,
        name: displayName || id,
        details: [mail ?? '', securityEnabled ? 'Security group' : 'No security group', id].filter((detail) => detail !== ''),
      })),
  },
  application: { path: '/applications', select: 'id,appId,displayName', filters: byAppId, row: application },
  servicePrincipal: { path: '/servicePrincipals', select: 'id,appId,displayName', filters: byAppId, row: application },
  policy: {
    path: '/identity/conditionalAccess/policies',
    select: 'id,displayName,state',
    filters: () => [],
    row: named
      .extend({ state: z.string() })
      .transform(({ id, displayName, state }) => ({ id, name: displayName || id, details: [policyStates[state] ?? state, id] })),
  },
} as const satisfies Record<SearchKind, Kind>

const policyStates: Readonly<Record<string, string>> = {
  enabled: 'On',
  disabled: 'Off',
  enabledForReportingButNotEnforced: 'Report-only',
}

/** An object of this kind by its ids, its address, or the beginning of its name: exactly one, or those to pick from. */
export async function findObjects(reader: DirectoryReader, kind: SearchKind, text: string): Promise<Found> {
  const own: Kind = kinds[kind]
  const select = `$select=${own.select}`
  if (kind === 'policy') return findPolicies(reader, own, text)
  for (const filter of own.filters(text)) {
    if (guidPattern.test(text) && !filter.startsWith('appId')) break
    const found = await search(reader, `${own.path}?$filter=${encodeURIComponent(filter)}&${select}&$top=${shownAtMost + 1}`, own.row)
    if (found.kind !== 'none') return found
  }
  return guidPattern.test(text) ? getOne(reader, `${own.path}/${text.toLowerCase()}?${select}`, own.row) : { kind: 'none' }
}

/** A tenant has at most 240 policies, and Graph cannot search all of them by the beginning of a name. */
async function findPolicies(reader: DirectoryReader, { path, select, row }: Kind, text: string): Promise<Found> {
  const listed = await readList(reader, `${path}?$select=${select}`, row)
  if (listed.kind !== 'rows') return listed
  const wanted = text.toLowerCase()
  const fitting = listed.rows.filter(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase().startsWith(wanted))
  const exact = fitting.filter(({ name }) => name.toLowerCase() === wanted)
  return among(exact.length === 1 ? exact : fitting)
}

/** OData string literal: a quote is written twice. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

async function getOne(reader: DirectoryReader, path: string, row: z.ZodType<FoundObject>): Promise<Found> {
  const read = await readObject(reader, path, row)
  return read.kind === 'read' ? { kind: 'one', it: read.it } : read
}

async function search(reader: DirectoryReader, path: string, row: z.ZodType<FoundObject>): Promise<Found> {
  const listed = await readList(reader, path, row)
  return listed.kind === 'rows' ? among(listed.rows) : listed
}

function among(rows: readonly FoundObject[]): Found {
  const [only, ...others] = rows
  if (only === undefined) return { kind: 'none' }
  if (others.length === 0) return { kind: 'one', it: only }
  return { kind: 'several', rows: rows.slice(0, shownAtMost), more: rows.length > shownAtMost }
}

/** One object of Graph, in a shape. */
export async function readObject<T>(
  reader: DirectoryReader,
  path: string,
  schema: z.ZodType<T>,
): Promise<{ readonly kind: 'read'; readonly it: T } | Problem> {
  const answer = await reader.get(path)
  if (answer.kind === 'signInLost') return { kind: 'signInLost', why: answer.reason }
  if (answer.kind === 'refused') return answer.status === 404 ? { kind: 'none' } : { kind: 'unreadable', code: answer.code }
  const parsed = schema.safeParse(answer.body)
  return parsed.success ? { kind: 'read', it: parsed.data } : { kind: 'unreadable', code: 'shape' }
}

/** The first page of a list of Graph, each row in a shape. */
export async function readList<T>(
  reader: DirectoryReader,
  path: string,
  row: z.ZodType<T>,
): Promise<{ readonly kind: 'rows'; readonly rows: readonly T[] } | Problem> {
  const read = await readObject(reader, path, z.object({ value: z.array(row) }))
  return read.kind === 'read' ? { kind: 'rows', rows: read.it.value } : read
}
