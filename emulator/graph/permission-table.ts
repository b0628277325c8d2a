import { readFileSync } from 'node:fs'
import { z } from 'zod'
import {
  documentedReads,
  documentedWrites,
  extraRequirements,
  insufficientEntries,
  isQueryPost,
  propertyScopes,
} from './permission-overrides.ts'

const tableSchema = z.record(
  z.string(),
  z.array(
    z.object({
      schemes: z.array(z.enum(['DelegatedWork', 'Application'])),
      methods: z.array(z.string()),
      /** Path template → the permissions of which one must be held as well, separated by commas; empty for none. */
      paths: z.custom<Readonly<Record<string, string>>>(isRecordOfTexts, 'Expected a text for each path.'),
    }),
  ),
)

/** Nineteen thousand paths: zod's own record takes ten times as long over them. */
function isRecordOfTexts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((text) => typeof text === 'string')
}

interface Entry {
  readonly permission: string
  readonly schemes: readonly string[]
  readonly alsoAnyOf: readonly string[]
}

interface Node {
  readonly literals: Map<string, Node>
  readonly patterns: { readonly pattern: RegExp; readonly source: string; readonly node: Node }[]
  wildcard: Node | undefined
  /** Method → who may call it. */
  readonly methods: Map<string, Entry[]>
  /** The template as Microsoft writes it, once some path ends here. */
  template: string | undefined
  /** What ends here or below, until somebody comes this way: a tenant is asked for a twentieth of all paths. */
  waiting: Row[]
}

/** An entry on its way to where its path ends. */
interface Row {
  readonly template: string
  /** Where the part of the template begins that lies below. */
  readonly at: number
  readonly methods: readonly string[]
  readonly entry: Entry
}

export interface PermissionTable {
  readonly root: Node
}

/** How a path and method stand in Microsoft's table. */
export interface TableMatch {
  readonly template: string
  readonly entries: readonly Entry[]
}

export type ScopeVerdict = { readonly ok: true } | { readonly ok: false; readonly enough: readonly string[] }

/** Reads Microsoft's permission table (data/graph-permissions.json), with what it leaves out. */
export function loadPermissionTable(): PermissionTable {
  const text = readFileSync(new URL('../data/graph-permissions.json', import.meta.url), 'utf8')
  const raw = tableSchema.parse(JSON.parse(text))
  for (const [path, permissions] of Object.entries(documentedReads)) {
    for (const permission of permissions)
      (raw[permission] ??= []).push({ schemes: ['DelegatedWork', 'Application'], methods: ['GET'], paths: { [path]: '' } })
  }
  for (const { method, path, permissions } of documentedWrites) {
    for (const permission of permissions)
      (raw[permission] ??= []).push({ schemes: ['DelegatedWork', 'Application'], methods: [method], paths: { [path]: '' } })
  }
  return buildPermissionTable(raw)
}

/** Arranges permissions as a tree of paths. */
export function buildPermissionTable(raw: z.infer<typeof tableSchema>): PermissionTable {
  const root = emptyNode()
  for (const [permission, sets] of Object.entries(raw)) {
    for (const { schemes, methods, paths } of sets) {
      for (const [path, also] of Object.entries(paths)) {
        const entry: Entry = { permission, schemes, alsoAnyOf: also === '' ? [] : namesIn(also) }
        // A few templates carry a query, which is no part of the path.
        root.waiting.push({ template: path.split('?', 1)[0] ?? path, at: 0, methods, entry })
      }
    }
  }
  return { root }
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function emptyNode(): Node {
  return { literals: new Map(), patterns: [], wildcard: undefined, methods: new Map(), template: undefined, waiting: [] }
}

/** The node with all that waited for it, one step further: here, or at its children. */
function opened(node: Node): Node {
  const rows = node.waiting
  node.waiting = []
  for (const row of rows) {
    const [segment, at] = nextSegment(row)
    if (segment !== '') childFor(node, segment.toLowerCase().replace(/^microsoft\.graph\./, '')).waiting.push({ ...row, at })
    else endHere(node, row)
  }
  return node
}

/** The next segment of a row's template, empty behind the last one, and where it ends. */
function nextSegment({ template, at }: Row): [string, number] {
  let from = at
  while (template[from] === '/') from += 1
  const end = template.indexOf('/', from)
  return end === -1 ? [template.slice(from), template.length] : [template.slice(from, end), end]
}

function endHere(node: Node, { template, methods, entry }: Row): void {
  node.template ??= template
  for (const method of methods) {
    const entries = node.methods.get(method)
    if (entries) entries.push(entry)
    else node.methods.set(method, [entry])
  }
}

function childFor(node: Node, segment: string): Node {
  if (/^\{[^{}]*\}$/.test(segment)) return (node.wildcard ??= emptyNode())
  if (segment.includes('{')) {
    const existing = node.patterns.find((candidate) => candidate.source === segment)
    if (existing) return existing.node
    const source = segment
      .split(/\{[^{}]*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')
    const created = { pattern: new RegExp(`^${source}$`, 'i'), source: segment, node: emptyNode() }
    node.patterns.push(created)
    return created.node
  }
  const existing = node.literals.get(segment)
  if (existing) return existing
  const created = emptyNode()
  node.literals.set(segment, created)
  return created
}

/** Finds who may call a path (segments as sent, any case); undefined when Microsoft's table does not know the path and method. */
export function matchPath(table: PermissionTable, method: string, segments: readonly string[]): TableMatch | undefined {
  const node = walk(
    table.root,
    segments.map((segment) => segment.toLowerCase()),
    0,
    method,
  )
  if (!node?.template) return undefined
  return { template: node.template, entries: node.methods.get(method) ?? [] }
}

function walk(place: Node, segments: readonly string[], depth: number, method: string): Node | undefined {
  const node = opened(place)
  const segment = segments[depth]
  if (segment === undefined) return node.methods.has(method) ? node : undefined
  const candidates = [
    node.literals.get(segment),
    ...node.patterns.filter((candidate) => candidate.pattern.test(segment)).map((candidate) => candidate.node),
    node.wildcard,
  ]
  for (const candidate of candidates) {
    const found = candidate && walk(candidate, segments, depth + 1, method)
    if (found) return found
  }
  return undefined
}

/** Whether a permission only ever reads: `*.Read*` without ReadWrite. */
export function isReadPermission(permission: string): boolean {
  return permission.includes('.Read') && !permission.includes('.ReadWrite')
}

/** Everything but GET and the listed query POSTs changes state. */
export function changesState(method: string, template: string): boolean {
  return method !== 'GET' && !(method === 'POST' && isQueryPost(template))
}

/**
 * Whether the scopes (or, app-only, the application permissions) suffice. Read scopes never suffice for a change of
 * state; a permission that others name in AlsoRequires does not suffice for a change without one of those.
 */
export function scopesSuffice(
  match: TableMatch,
  method: string,
  held: readonly string[],
  isAppOnly: boolean,
  bodyProperties: readonly string[],
): ScopeVerdict {
  const scheme = isAppOnly ? 'Application' : 'DelegatedWork'
  const changing = changesState(method, match.template)
  const path = match.template.toLowerCase().replaceAll(/\/\{[^{}]*\}/g, '/{id}')
  const candidates = match.entries.filter(
    (entry) =>
      entry.schemes.includes(scheme) &&
      !(changing && isReadPermission(entry.permission)) &&
      !insufficientEntries.some((row) => row.method === method && row.path === path && row.permission === entry.permission),
  )
  const heldSet = new Set(held)
  const suffices = candidates.some(
    (entry) =>
      heldSet.has(entry.permission) &&
      hasCompanion(entry, match.entries, heldSet, changing) &&
      hasExtra(method, path, entry.permission, heldSet) &&
      coversProperties(method, path, entry.permission, bodyProperties),
  )
  return suffices ? { ok: true } : { ok: false, enough: candidates.map((entry) => entry.permission) }
}

function hasCompanion(entry: Entry, all: readonly Entry[], held: ReadonlySet<string>, changing: boolean): boolean {
  if (entry.alsoAnyOf.length > 0) return entry.alsoAnyOf.some((name) => held.has(name))
  if (!changing) return true
  const namedBy = all.filter((other) => other.alsoAnyOf.includes(entry.permission))
  return namedBy.length === 0 || namedBy.some((other) => held.has(other.permission))
}

function hasExtra(method: string, path: string, permission: string, held: ReadonlySet<string>): boolean {
  const extra = extraRequirements.find((row) => row.methods.includes(method) && row.path === path && row.permission === permission)
  return !extra || extra.allOf.every((alternatives) => alternatives.some((name) => held.has(name)))
}

function coversProperties(method: string, path: string, permission: string, bodyProperties: readonly string[]): boolean {
  const row = propertyScopes.find(
    (candidate) => candidate.method === method && candidate.path === path && candidate.permission === permission,
  )
  return !row || (bodyProperties.length > 0 && bodyProperties.every((property) => row.properties.includes(property)))
}

/** Every state-changing method and path template of the table, so that a test can send each with a read-only token. */
export function statesChanged(table: PermissionTable): { method: string; path: string }[] {
  const found: { method: string; path: string }[] = []
  const waiting = [table.root]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const node = opened(place)
    for (const method of node.methods.keys()) {
      if (node.template !== undefined && changesState(method, node.template)) found.push({ method, path: node.template })
    }
    waiting.push(...node.literals.values(), ...node.patterns.map((pattern) => pattern.node), ...(node.wildcard ? [node.wildcard] : []))
  }
  return found.sort((one, other) => `${one.path} ${one.method}`.localeCompare(`${other.path} ${other.method}`))
}

/** Every permission that the table names, so that a test can hold all the reading ones. */
export function permissionNames(table: PermissionTable): string[] {
  const names = new Set<string>()
  const waiting = [table.root]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const node = opened(place)
    for (const entries of node.methods.values()) for (const entry of entries) names.add(entry.permission)
    waiting.push(...node.literals.values(), ...node.patterns.map((pattern) => pattern.node), ...(node.wildcard ? [node.wildcard] : []))
  }
  return [...names].sort()
}
