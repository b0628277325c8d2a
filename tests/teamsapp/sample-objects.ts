import { facetsSchema, objectRowSchema, type Facets, type ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { areaTitles } from '@countersign/core/posture/areas.ts'
import { savedViewSchema, type SavedView } from '@countersign/core/api/saved-views.ts'
import { proposalIds } from './sample-posture.ts'

type Kind = Pick<ObjectRow, 'checkId' | 'code' | 'severity' | 'area' | 'type' | 'adds' | 'affects'> & {
  readonly title: string
  readonly names: readonly string[]
  readonly fix?: ObjectRow['fix']
}

/** Checks of the made-up tenant with the objects that each one names. */
const kinds: readonly Kind[] = [
  {
    checkId: 'guest-owns-privileged-app',
    code: 'APP-14',
    severity: 'critical',
    area: 'applications',
    type: 'application',
    adds: 4.1,
    affects: 2,
    title: 'Tomás Ruiz (guest) owns it and it holds RoleManagement.ReadWrite.Directory',
    names: ['Payroll Sync', 'Survey Bot'],
    fix: { actionId: 'remove-app-owner', title: 'Remove the guest owner', several: null },
  },
  {
    checkId: 'app-secret-expired',
    code: 'APP-01',
    severity: 'low',
    area: 'applications',
    type: 'application',
    adds: 0.4,
    affects: 3,
    title: 'The secret “deploy” ended on 3 May 2026',
    names: ['Warehouse Export', 'Legacy CRM bridge', 'Badge printer'],
    fix: { actionId: 'remove-app-secret', title: 'Remove a secret', several: null },
  },
  {
    checkId: 'guests-in-use',
    code: 'GU-04',
    severity: 'medium',
    area: 'guestsAndUsers',
    type: 'user',
    adds: 1.2,
    affects: 6,
    title: 'Last signed in 412 days ago (ana.silva_contoso.example#EXT#)',
    names: ['Ana Silva', 'Piet de Vries', 'Łukasz Nowak', 'Mei Tanaka', 'Olu Adeyemi', 'Zoë Müller'],
    fix: { actionId: 'disable-user', title: 'Block a person from signing in', several: 20 },
  },
  {
    checkId: 'permanent-privileged-roles',
    code: 'PR-03',
    severity: 'high',
    area: 'privilegedRoles',
    type: 'user',
    adds: 2.2,
    affects: 4,
    title: 'Holds Global Administrator for good, and not for the time of a task',
    names: ['Jonas Berg', 'Ida Holm', 'Kasper Lund', 'Break glass 1'],
  },
  {
    checkId: 'legacy-authentication-blocked',
    code: 'CA-01',
    severity: 'high',
    area: 'conditionalAccess',
    type: 'tenant',
    adds: 3.2,
    affects: 1,
    title: 'No policy blocks sign-in methods without a second factor',
    names: [''],
  },
]

const states: readonly ObjectRow['state'][] = ['open', 'open', 'open', 'returned', 'suppressed']

function row(kind: Kind, name: string, place: number, key: string): ObjectRow {
  const { names: _names, fix, ...rest } = kind
  const state = states[place % states.length] ?? 'open'
  const isOpen = state === 'open' || state === 'returned'
  return objectRowSchema.parse({
    ...rest,
    findingKey: `${kind.checkId}:${key}`,
    areaTitle: areaTitles[kind.area],
    objectId: kind.type === 'tenant' ? '' : key,
    part: '',
    name,
    state,
    firstSeen: new Date(Date.UTC(2026, 9, 1 + (place % 40), 5, 10)).toISOString(),
    isNew: isOpen && place % 7 === 0,
    fix: isOpen && fix !== undefined ? fix : null,
    proposalId: name === 'Survey Bot' ? proposalIds.open : null,
    suppression:
      state === 'suppressed' ? { reason: 'Contract ends in January', owner: 'Jonas Berg', until: '2027-01-31T00:00:00.000Z' } : null,
    declared: name === 'Break glass 1',
    declarable: kind.type === 'user' ? ['user', 'emergencyAccount', 'serviceAccount', 'roleHolder'] : [],
  })
}

export const objects: readonly ObjectRow[] = kinds.flatMap((kind, at) =>
  kind.names.map((name, index) => row(kind, name, at * 3 + index, `00000000-0000-4000-8000-${String(at * 100 + index).padStart(12, '0')}`)),
)

/** As many findings as a large tenant has, all with keys of their own. */
export function manyObjects(count: number): ObjectRow[] {
  const named = kinds.filter(({ type }) => type !== 'tenant')
  return Array.from({ length: count }, (_, index) => {
    const kind = named[index % named.length] ?? kinds[0]
    if (!kind) throw new Error('The sample has no kinds of findings.')
    const name = `${kind.names[index % kind.names.length] ?? ''} ${String(index + 1).padStart(5, '0')}`
    return row(kind, name, index, `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)
  })
}

const frameworksOf: Readonly<Record<string, readonly string[]>> = {
  'legacy-authentication-blocked': ['scuba', 'cis'],
  'guest-owns-privileged-app': ['attack', 'cis'],
  'permanent-privileged-roles': ['scuba', 'zeroTrust'],
}

/** What a facet says of a row. */
const facetValues: Readonly<Record<keyof Facets, (row: ObjectRow) => readonly string[]>> = {
  severity: ({ severity }) => [severity],
  area: ({ area }) => [area],
  state: ({ state }) => [state],
  type: ({ type }) => [type],
  framework: ({ checkId }) => frameworksOf[checkId] ?? [],
  policy: ({ checkId }) => (checkId === 'legacy-authentication-blocked' ? ['MS.AAD.1.1v1'] : []),
  licence: ({ checkId }) => [checkId === 'guests-in-use' ? 'p1' : 'none'],
  fixable: ({ fix }) => (fix ? ['yes'] : []),
  new: ({ isNew }) => (isNew ? ['yes'] : []),
}
const facetNames = facetsSchema.keyof().options

function fits(one: ObjectRow, search: URLSearchParams, aside?: keyof Facets): boolean {
  const words = (search.get('search') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${one.name} ${one.title} ${one.code} ${one.checkId} ${one.areaTitle}`.toLowerCase()
  if (!words.every((word) => text.includes(word))) return false
  return facetNames.every((name) => {
    const wanted = search.get(name)
    return name === aside || wanted === null || facetValues[name](one).some((value) => wanted.split(',').includes(value))
  })
}

const severityOrder = ['critical', 'high', 'medium', 'low', 'info']

function compare(column: string, one: ObjectRow, other: ObjectRow): number {
  switch (column) {
    case 'severity':
      return severityOrder.indexOf(one.severity) - severityOrder.indexOf(other.severity) || other.adds - one.adds
    case 'object':
      return one.name.localeCompare(other.name)
    case 'adds':
      return one.adds - other.adds
    case 'affects':
      return one.affects - other.affects
    case 'firstSeen':
      return one.firstSeen < other.firstSeen ? -1 : one.firstSeen > other.firstSeen ? 1 : 0
    case 'state':
      return one.state.localeCompare(other.state)
    case 'type':
      return one.type.localeCompare(other.type)
    case 'area':
      return one.areaTitle.localeCompare(other.areaTitle)
    default:
      return one.code.localeCompare(other.code)
  }
}

/** One page of the objects as the service gives it: filtered, counted, sorted. */
export function objectPage(all: readonly ObjectRow[], search: URLSearchParams): unknown {
  const order = search.get('order') ?? 'severity'
  const sign = order.startsWith('-') ? -1 : 1
  const found = all
    .filter((one) => fits(one, search))
    .sort((one, other) => sign * compare(order.replace(/^-/, ''), one, other) || (one.findingKey < other.findingKey ? -1 : 1))
  const start = Number(search.get('cursor') ?? 0)
  const end = start + Number(search.get('limit') ?? 200)
  return {
    objects: found.slice(start, end),
    total: start === 0 ? found.length : null,
    facets: start === 0 ? facetsIn(all, search) : null,
    next: end < found.length ? String(end) : null,
  }
}

function facetsIn(all: readonly ObjectRow[], search: URLSearchParams): unknown {
  return Object.fromEntries(
    facetNames.map((name) => {
      const counts = new Map<string, number>()
      for (const one of all)
        if (fits(one, search, name)) for (const value of facetValues[name](one)) counts.set(value, (counts.get(value) ?? 0) + 1)
      const values = [...counts].map(([value, count]) => ({ value, title: titleOf(name, value), count }))
      return [name, name === 'policy' && search.get('framework') === null ? [] : values]
    }),
  )
}

function titleOf(facet: keyof Facets, value: string): string {
  if (facet === 'area') return Object.entries(areaTitles).find(([area]) => area === value)?.[1] ?? value
  if (facet === 'licence') return value === 'p1' ? 'Microsoft Entra ID P1' : 'No licence needed'
  return value
}

export const savedViews: readonly SavedView[] = [
  { id: '6f0b7d52-61a4-4b0d-8a53-6f5f3a1f7c01', name: 'Critical and high', query: 'severity=critical%2Chigh', shared: true, mine: true },
  {
    id: '6f0b7d52-61a4-4b0d-8a53-6f5f3a1f7c02',
    name: 'What the Aid can fix',
    query: 'view=objects&fixable=yes',
    shared: false,
    mine: true,
  },
].map((view) => savedViewSchema.parse({ ...view, isDefault: false, byName: 'Maja Lindqvist', at: '2026-11-02T09:00:00.000Z' }))
