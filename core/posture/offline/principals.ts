import { principalType } from '../rows/role-holding.ts'
import { isRecord } from './answers.ts'
import type { Answers } from './answers.ts'

/** What the file says anywhere about a principal. */
interface Principal {
  readonly '@odata.type': string
  readonly displayName: unknown
  readonly userPrincipalName: unknown
}

/** Principals by lower-case id; 'contradicting' where the file calls one object two things. */
export type Principals = ReadonlyMap<string, Principal | 'contradicting'>

const collections: readonly { readonly path: RegExp; readonly type: string }[] = [
  { path: /^\/users(\/[^/]+)?$/, type: '#microsoft.graph.user' },
  { path: /^\/groups(\/[^/]+)?$/, type: '#microsoft.graph.group' },
  { path: /^\/serviceprincipals(\/[^/]+)?$/, type: '#microsoft.graph.servicePrincipal' },
  { path: /\/microsoft\.graph\.user$/, type: '#microsoft.graph.user' },
  { path: /\/microsoft\.graph\.group$/, type: '#microsoft.graph.group' },
  { path: /\/microsoft\.graph\.serviceprincipal$/, type: '#microsoft.graph.servicePrincipal' },
]

/** Collects the types of principals from every answer: a part of a list is enough to know what one object is. */
export function principalsOf(answers: Answers): Principals {
  const known = new Map<string, Principal | 'contradicting'>()
  for (const { path, body } of answers.all) {
    if (!isRecord(body)) continue
    const type = collections.find((collection) => collection.path.test(path))?.type
    const rows: readonly unknown[] = Array.isArray(body['value']) ? body['value'] : [body]
    for (const row of rows) {
      note(known, row, undefined, type)
      if (!isRecord(row)) continue
      note(known, row['principal'], row['principalId'], undefined)
      if (Array.isArray(row['members'])) for (const member of row['members']) note(known, member, undefined, undefined)
    }
  }
  return known
}

function note(known: Map<string, Principal | 'contradicting'>, value: unknown, otherId: unknown, pathType: string | undefined): void {
  if (!isRecord(value)) return
  const id = otherId ?? value['id']
  const type = value['@odata.type'] ?? pathType
  if (typeof id !== 'string' || typeof type !== 'string') return
  const key = id.toLowerCase()
  const before = known.get(key)
  if (before === 'contradicting') return
  if (before && principalType(before['@odata.type']) !== principalType(type)) {
    known.set(key, 'contradicting')
    return
  }
  known.set(key, {
    '@odata.type': type,
    displayName: value['displayName'] ?? before?.displayName ?? null,
    userPrincipalName: value['userPrincipalName'] ?? before?.userPrincipalName ?? null,
  })
}

/** A role row with what the file knows of its principal. Where that is nothing, or contradicts itself, the type stays open. */
export function withPrincipal(row: unknown, principals: Principals): unknown {
  if (!isRecord(row) || typeof row['principalId'] !== 'string') return row
  const known = principals.get(row['principalId'].toLowerCase())
  const given = row['principal']
  if (given !== undefined && given !== null && !isRecord(given)) return row
  if (known === undefined || known === 'contradicting') return { ...row, principal: null }
  return { ...row, principal: { ...known, ...given, '@odata.type': known['@odata.type'] } }
}

/** A member row with the type that the file knows; without one it stays as it is, and the reading is not usable. */
export function withType(row: unknown, principals: Principals): unknown {
  if (!isRecord(row) || typeof row['id'] !== 'string') return row
  const known = principals.get(row['id'].toLowerCase())
  if (known === 'contradicting') return { ...row, '@odata.type': null }
  return known === undefined
    ? row
    : { displayName: known.displayName, userPrincipalName: known.userPrincipalName, ...row, '@odata.type': known['@odata.type'] }
}
