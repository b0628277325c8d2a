import type { z } from 'zod'
import type { listFindingObjects, Facets, FindingFilter, ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import { isTerminal } from '@countersign/core/actions/gate.ts'
import { areaTitles } from '@countersign/core/posture/areas.ts'
import { areas, frameworks, type AnyCheck } from '@countersign/core/posture/check.ts'
import { checkOf, checks } from '@countersign/core/posture/checks.ts'
import { declarableAs } from '@countersign/core/posture/declarable.ts'
import { explain } from '@countersign/core/posture/explain.ts'
import { licenceTitles } from '@countersign/core/posture/licences.ts'
import { stands, type Declared } from '@countersign/core/posture/settings.ts'
import { covering } from '@countersign/core/posture/suppression.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import type { Principal } from '@countersign/core/principal.ts'
import {
  countFindings,
  countsByCheck,
  findingPageOf,
  type FindingCounts,
  type ListedFinding,
  type Place,
} from '../../store/finding-list.ts'
import { gainsOf } from '../../store/finding-heads.ts'
import { listProposals } from '../../store/proposals.ts'
import { resultsOfChecks } from '../../store/results.ts'
import { finishedScans, shownScan } from '../../store/scans.ts'
import { readSettings } from '../../store/settings.ts'
import { activeSuppressions } from '../../store/suppressions.ts'
import { readTx, type ReadTx } from '../../store/transaction.ts'
import type { FindingDependencies } from './finding.ts'
import { notClosed, orderOf, policiesIn, queryOf } from './finding-query.ts'
import { openStates } from './results.ts'

type Answer = z.input<typeof listFindingObjects.answer>
export interface ObjectsAsked {
  readonly filter: FindingFilter
  readonly order: string
  readonly after: Place | undefined
  readonly limit: number
}

/** One page of findings, object by object; the first comes with counts. */
export async function findingObjects(
  { store, profile }: FindingDependencies,
  principal: Principal,
  asked: ObjectsAsked,
  { locale, now }: { readonly locale: string; readonly now: number },
): Promise<Answer & { readonly place: Place | undefined }> {
  return readTx(store, principal, async (tx) => {
    const scan = await shownScan(tx)
    const query = queryOf(asked.filter, await newSince(tx))
    const open = notClosed(await countsByCheck(tx))
    const gains = scan ? await gainsOf(tx, scan.id) : {}
    const listed = await findingPageOf(tx, query, orderOf(asked.order, { gains, open }), asked.after, asked.limit + 1)
    const page = listed.slice(0, asked.limit)
    const marks = await marksOf(tx, now)
    const titles = await titlesOf(tx, scan?.id, page, locale)
    const counts = asked.after ? undefined : await countFindings(tx, query)
    const objects = page.flatMap((finding): ObjectRow[] => {
      const check = checkOf(finding.checkId)
      if (!check) return []
      const { type, id, part, name } = finding.object
      const kinds = declarableAs[type]
      return [
        {
          findingKey: finding.key,
          checkId: check.id,
          code: check.code,
          severity: finding.severity,
          area: check.area,
          areaTitle: areaTitles[check.area],
          title: id === '' ? (titles.get(check.id) ?? check.title) : renderMessage(check.objectReason, finding.values, locale),
          type,
          objectId: id,
          part,
          name,
          state: finding.state,
          affects: open.get(check.id) ?? 0,
          adds: gains[check.id] ?? 0,
          firstSeen: finding.firstSeen,
          isNew: finding.isNew,
          fix: profile.act === 'on' && openStates.includes(finding.state) ? fixFor(check, finding) : null,
          proposalId: marks.proposals.get(finding.key) ?? null,
          suppression: finding.state === 'suppressed' ? marks.suppressionOf(check.id, finding.key) : null,
          declared: id !== '' && marks.declared.has(id.toLowerCase()),
          declarable: id === '' ? [] : [...kinds],
        },
      ]
    })
    const last = page.at(-1)
    return {
      objects,
      total: counts?.total ?? null,
      facets: counts ? facetsOf(counts, asked.filter) : null,
      next: null,
      place: listed.length > asked.limit ? last?.place : undefined,
    }
  })
}

/** When the scan that is shown began, where an earlier one lets tell what is new. */
export async function newSince(tx: ReadTx): Promise<string | null> {
  const [last, previous] = await finishedScans(tx, 2)
  const shown = await shownScan(tx)
  if (!shown) return null
  return (shown.id === last?.id ? previous : last) ? shown.startedAt : null
}

interface Marks {
  readonly proposals: ReadonlyMap<string, string>
  readonly suppressionOf: (checkId: string, key: string) => ObjectRow['suppression']
  readonly declared: ReadonlySet<string>
}

async function marksOf(tx: ReadTx, now: number): Promise<Marks> {
  const live = (await listProposals(tx)).filter(({ state }) => !isTerminal(state))
  const cover = covering(await activeSuppressions(tx))
  const { declared } = (await readSettings(tx)).settings
  return {
    proposals: new Map(live.flatMap(({ id, findingKeys }) => findingKeys.map((key) => [key, id] as const))),
    suppressionOf: (checkId, key) => {
      const found = cover(checkId, key)
      return found ? { reason: found.reason, owner: found.owner, until: found.until } : null
    },
    declared: new Set(declared.filter((entry: Declared) => stands(entry, now)).map(({ objectId }) => objectId.toLowerCase())),
  }
}

/** Titles of the checks on the page that are about the tenant itself: such a verdict lists no objects, so little is read. */
async function titlesOf(
  tx: ReadTx,
  scanId: string | undefined,
  page: readonly ListedFinding[],
  locale: string,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(page.flatMap(({ object, checkId }) => (object.id === '' ? [checkId] : [])))]
  const results = scanId === undefined ? [] : await resultsOfChecks(tx, scanId, ids)
  return new Map(
    results.flatMap(({ checkId, outcome }) => {
      const check = checkOf(checkId)
      return check ? [[checkId, explain(check, 'objects' in outcome ? { ...outcome, objects: [] } : outcome, locale).title] as const] : []
    }),
  )
}

function fixFor(check: AnyCheck, { object, values }: ListedFinding): ObjectRow['fix'] {
  const { fix } = check
  const action = fix?.input({ ...object, values, basis: [] }) ? findAction(fix.action) : undefined
  return action ? { actionId: action.id, title: action.title, several: fix?.several?.most ?? null } : null
}

const listedChecks: readonly AnyCheck[] = checks

function facetsOf({ facets }: FindingCounts, filter: FindingFilter): Facets {
  const plain = (counts: ReadonlyMap<string, number>): Facets['severity'] =>
    [...counts].map(([value, count]) => ({ value, title: value, count }))
  const summed = (counts: ReadonlyMap<string, number>, valuesOf: (check: AnyCheck) => readonly string[]): Map<string, number> => {
    const sums = new Map<string, number>()
    for (const check of listedChecks)
      for (const value of new Set(valuesOf(check))) {
        const count = counts.get(check.id) ?? 0
        if (count > 0) sums.set(value, (sums.get(value) ?? 0) + count)
      }
    return sums
  }
  const chosen = filter.framework ?? []
  return {
    severity: plain(facets.severity),
    state: plain(facets.state),
    type: plain(facets.type),
    fixable: plain(facets.fixable),
    new: plain(facets.new),
    area: [...summed(facets.area, ({ area }) => [area])].map(([value, count]) => ({
      value,
      title: areaTitles[areas.find((area) => area === value) ?? 'applications'],
      count,
    })),
    framework: plain(summed(facets.framework, (check) => frameworks.filter((name) => (check.frameworks[name] ?? []).length > 0))),
    policy: plain(summed(facets.policy, (check) => policiesIn(check, chosen))).sort((left, right) => left.value.localeCompare(right.value)),
    licence: [...summed(facets.licence, ({ licence }) => [licence ?? 'none'])].map(([value, count]) => ({
      value,
      title: value === 'p1' || value === 'p2' ? licenceTitles[value] : 'No licence needed',
      count,
    })),
  }
}
