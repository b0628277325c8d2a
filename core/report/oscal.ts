import type { Json } from '../digest.ts'
import { declarations } from './oscal-declarations.ts'
import { localDefinitions, metadata, plan, resultHead } from './oscal-head.ts'
import type { Ids, OscalObject } from './oscal-parts.ts'
import { finding, observation, risk } from './oscal-verdicts.ts'
import { objectivesOf } from './objectives.ts'
import { whole, type OutcomeSource } from './objects.ts'
import { isFailing, type Report } from './report.ts'
import { uuidOf } from './uuid.ts'

/**
 * OSCAL assessment results (pages.nist.gov/OSCAL-Reference): an observation for each check, a risk for each that fails, a finding for
 * each objective of a framework that was judged. In pieces, one observation at a time; the same scan gives the same bytes.
 */
export async function* oscalPieces(report: Report, outcomeOf: OutcomeSource): AsyncGenerator<string> {
  const objectives = objectivesOf(report)
  const ids = idsOf(report)
  const before = JSON.stringify({ uuid: ids('document'), metadata: metadata(report, ids), 'import-ap': { href: `#${ids('plan')}` } })
  yield `{"assessment-results":${before.slice(0, -1)},${member('local-definitions', localDefinitions(objectives))}"results":[`
  const start = JSON.stringify(resultHead(report, objectives, ids))
  yield `${start.slice(0, -1)},"observations":[`
  let separator = '\n'
  for (const summary of report.checks) {
    yield `${separator}${JSON.stringify(observation(summary, await whole(outcomeOf, summary), report, ids))}`
    separator = ',\n'
  }
  yield ']'
  const failing = report.checks.filter(isFailing)
  const judged = objectives.filter(({ state }) => state !== undefined)
  yield list(
    'risks',
    failing.map((summary) => risk(summary, ids)),
  )
  yield list(
    'findings',
    judged.map((objective) => finding(objective, report, ids)),
  )
  yield `}],"back-matter":${JSON.stringify({ resources: [plan(report, ids), ...declarations(report, ids)] })}}}\n`
}

/** Names within this tenant and scan, and for another baseline or other own values others. */
function idsOf({ tenant, scan, baseline, ownValues }: Report): Ids {
  const own = ownValues.map(({ parameter, value }) => `${parameter}=${String(value)}`)
  return (...parts) => uuidOf(tenant.id, scan.id, baseline.id, ...own, ...parts)
}

/** OSCAL knows no empty lists. */
function list(name: string, entries: readonly OscalObject[]): string {
  return entries.length === 0 ? '' : `,"${name}":[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}]`
}

function member(name: string, value: Json | undefined): string {
  return value === undefined ? '' : `"${name}":${JSON.stringify(value)},`
}
