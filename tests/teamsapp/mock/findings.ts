import { randomUUID } from 'node:crypto'
import type { ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { changeView, saveView, savedViewSchema, type SavedView } from '@countersign/core/api/saved-views.ts'
import { suppressFinding } from '@countersign/core/api/suppressions.ts'
import { objectPage, objects, savedViews } from '../sample-objects.ts'
import { sampleNow } from '../sample-posture.ts'
import { finding, findings } from '../sample-findings.ts'
import { timeline } from '../sample-timeline.ts'
import { MockFile, Refusal, type Answers } from './answer.ts'

/** The list of findings by check and by object, what people keep of it, and the one that every finding's page shows under its own id. */
export interface FindingsState {
  findings: typeof findings
  finding: typeof finding
  objects: readonly ObjectRow[]
  views: readonly SavedView[]
  /** Keys of findings that are refused when they are to be suppressed. */
  notSuppressed: readonly string[]
}

export function freshFindings(): FindingsState {
  return { findings, finding, objects, views: savedViews, notSuppressed: [] }
}

export const findingsAnswers: Answers<FindingsState> = {
  'list-findings': ({ state, search }) => {
    const severity = search.get('severity')
    const isListed = (row: (typeof findings.findings)[number]): boolean =>
      (severity === null || severity.split(',').includes(row.severity)) &&
      (search.get('state') === null || (search.get('state') ?? '').split(',').includes(row.state)) &&
      (search.get('search') ?? '')
        .toLowerCase()
        .split(/\s+/)
        .every((word) => `${row.title} ${row.code} ${row.areaTitle}`.toLowerCase().includes(word))
    return { findings: state.findings.findings.filter(isListed) }
  },
  'get-finding': ({ state, id }) => ({ ...state.finding, checkId: id }),
  'list-finding-objects': ({ state, search }) => objectPage(state.objects, search),
  'download-findings': ({ state }) =>
    new MockFile(
      'text/csv',
      `\uFEFF"Severity","Object"\r\n${state.objects.map(({ severity, name }) => `"${severity}","${name}"\r\n`).join('')}`,
    ),
  'suppress-finding': ({ state, body }) => {
    const wanted = suppressFinding.body.parse(body)
    if (wanted.findingKey !== undefined && state.notSuppressed.includes(wanted.findingKey))
      throw new Refusal({ title: 'Suppressed already', status: 409, detail: 'This is suppressed already.' })
    const { reason, until, owner = 'Maja Lindqvist' } = wanted
    const isMeant = (row: ObjectRow): boolean =>
      wanted.findingKey === undefined ? row.checkId === wanted.checkId : row.findingKey === wanted.findingKey
    state.objects = state.objects.map((row) =>
      isMeant(row) ? { ...row, state: 'suppressed', fix: null, suppression: { reason, owner, until } } : row,
    )
    const affected = state.finding.affected.map((one) =>
      wanted.findingKey === undefined || one.findingKey === wanted.findingKey ? { ...one, state: 'suppressed' as const, fix: null } : one,
    )
    state.finding = { ...state.finding, affected }
    return {
      id: randomUUID(),
      checkId: wanted.checkId,
      code: 'APP-01',
      title: 'No application keeps an expired secret',
      findingKey: wanted.findingKey ?? null,
      objectName: null,
      reason,
      owner,
      by: randomUUID(),
      byName: 'Maja Lindqvist',
      at: sampleNow,
      until,
      state: 'active',
      endedAt: null,
      endedByName: null,
      endedBecause: null,
    }
  },
  'list-views': ({ state }) => ({ views: state.views, mayShare: true }),
  'save-view': ({ state, body }) => {
    const wanted = saveView.body.parse(body)
    if (state.views.some(({ name }) => name.toLowerCase() === wanted.name.toLowerCase()))
      throw new Refusal({
        title: 'Name taken',
        status: 409,
        detail: 'You see a view with this name already.',
        mend: 'Choose another name.',
      })
    const view = savedViewSchema.parse({
      ...wanted,
      id: randomUUID(),
      mine: true,
      isDefault: false,
      byName: 'Maja Lindqvist',
      at: sampleNow,
    })
    state.views = [...state.views, view]
    return view
  },
  'change-view': ({ state, id, body }) => {
    const { name, query, shared, isDefault } = changeView.body.parse(body)
    state.views = state.views.map((view) => {
      if (view.id !== id) return isDefault === true ? { ...view, isDefault: false } : view
      return {
        ...view,
        name: name ?? view.name,
        query: query ?? view.query,
        shared: shared ?? view.shared,
        isDefault: isDefault ?? view.isDefault,
      }
    })
    return state.views.find((view) => view.id === id)
  },
  'delete-view': ({ state, id }) => {
    state.views = state.views.filter((view) => view.id !== id)
    return { deleted: true }
  },
  'get-timeline': () => timeline,
}
