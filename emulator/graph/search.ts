import type { Matcher, Subject } from '../tenants/subject.ts'
import type { CollectionEntry } from './collection-entry.ts'
import { refuse, unsupportedQuery } from './respond.ts'
import type { Refusal } from './respond.ts'

/**
 * What `$search` looks into, by type. Names and descriptions are searched by words, everything else by its beginning
 * (https://learn.microsoft.com/graph/search-query-parameter).
 */
const searchable: Readonly<Record<string, readonly string[]>> = {
  users: ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName', 'mailNickname', 'otherMails', 'proxyAddresses'],
  groups: ['displayName', 'description', 'mail', 'mailNickname'],
  applications: ['displayName', 'appId', 'publisherDomain', 'uniqueName'],
  servicePrincipals: ['displayName', 'appId', 'appDisplayName', 'servicePrincipalNames'],
}
const byWords = new Set(['displayName', 'description'])

/** Parses clauses such as `"displayName:ada" AND "mail:ada"`; undefined where nothing is searched. */
export function parseSearch(entry: CollectionEntry, source: string | null, eventual: boolean): Matcher | undefined | Refusal {
  if (source === null) return undefined
  const properties = searchable[entry.path]
  if (!properties) return unsupportedQuery("'$search' is not supported by the service.")
  if (!eventual)
    return refuse(
      400,
      'Request_UnsupportedQuery',
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    )
  const tokens = [...source.matchAll(/\s*(?:"((?:[^"\\]|\\.)*)"|(\bAND\b|\bOR\b)|([()])|(\S))/g)]
  if (tokens.length === 0 || tokens.some((token) => token[4] !== undefined)) return syntaxError(source)
  let position = 0

  function clause(): Matcher | undefined {
    const token = tokens[position]
    position += 1
    if (token?.[3] === '(') {
      const inner = alternatives()
      const isClosed = tokens[position]?.[3] === ')'
      position += 1
      return isClosed ? inner : undefined
    }
    const quoted = token?.[1]
    const [, property = '', value = ''] = /^(\w+):(.*)$/s.exec(quoted ?? '') ?? []
    return properties?.includes(property) && value !== '' ? contains(property, value.replaceAll(/\\(.)/g, '$1')) : undefined
  }
  function conjunction(): Matcher | undefined {
    let left = clause()
    // Clauses without a word between them must hold together.
    while (left && tokens[position] && tokens[position]?.[2] !== 'OR' && tokens[position]?.[3] !== ')') {
      if (tokens[position]?.[2] === 'AND') position += 1
      const [before, right] = [left, clause()]
      left = right && ((subject) => before(subject) && right(subject))
    }
    return left
  }
  function alternatives(): Matcher | undefined {
    let left = conjunction()
    while (left && tokens[position]?.[2] === 'OR') {
      position += 1
      const [before, right] = [left, conjunction()]
      left = right && ((subject) => before(subject) || right(subject))
    }
    return left
  }
  const matcher = alternatives()
  return matcher && position === tokens.length ? matcher : syntaxError(source)
}

function syntaxError(source: string): Refusal {
  return refuse(400, 'BadRequest', `Syntax error in the $search clause '${source}': write "property:value" in double quotes.`)
}

function contains(property: string, value: string): Matcher {
  if (!byWords.has(property)) {
    const wanted = value.toLowerCase()
    return (subject) => textsOf(subject, property).some((text) => text.toLowerCase().startsWith(wanted))
  }
  const wanted = wordsOf(value)
  return (subject) =>
    textsOf(subject, property).some((text) => {
      const words = wordsOf(text)
      return wanted.every((want) => words.some((word) => word.startsWith(want)))
    })
}

function textsOf(subject: Subject, property: string): string[] {
  return [subject.value(property)].flat().filter((value): value is string => typeof value === 'string')
}

/** Words end at spaces, signs, and where letters turn into digits or capitals. */
function wordsOf(value: string): string[] {
  return (value.normalize('NFC').match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{Lo}+|\p{N}+/gu) ?? []).map((word) => word.toLowerCase())
}
