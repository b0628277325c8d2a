import { inProcessGraph } from '../../emulator/graph/in-process.ts'
import { baselineOf } from '../../core/posture/baselines.ts'
import type { CheckResult } from '../../core/posture/check.ts'
import { checks } from '../../core/posture/checks.ts'
import { expandLimit, parentsOf } from '../../core/posture/fact.ts'
import type { Fact, FactSource } from '../../core/posture/fact.ts'
import { facts } from '../../core/posture/facts.ts'
import type { ReadFactId } from '../../core/posture/facts.ts'
import { factsToRead } from '../../core/posture/facts-to-read.ts'
import { licencesOf } from '../../core/posture/licences.ts'
import type { Licences } from '../../core/posture/licences.ts'
import { parseRows } from '../../core/posture/parse.ts'
import { defaultSettings } from '../../core/posture/settings.ts'
import { judged } from './judged.ts'
import type { Given } from './judged.ts'

type Row = Readonly<Record<string, unknown>>

export interface DemoTenant {
  readonly given: Given
  readonly licences: Licences
  /** Milliseconds since 1970. */
  readonly now: number
}

export const demoNow = Date.parse('2026-11-22T12:00:00Z')

/** Everything that a scan reads of a tenant of the emulator, by the facts' own sources. Nobody is connected as the Aid. */
export async function readDemoTenant(name: string): Promise<DemoTenant> {
  const graph = inProcessGraph({ tenants: [name], now: () => demoNow })
  const token = graph.token(name)
  const given: Record<string, readonly Row[] | 'licence'> = {}

  async function list(source: FactSource, id = ''): Promise<Row[] | 'licence'> {
    const rows: Row[] = []
    let url: string | undefined = urlOf(source, id)
    while (url !== undefined) {
      const headers = { authorization: `Bearer ${token}`, ...(source.eventual ? { consistencylevel: 'eventual' } : {}) }
      const answer = await graph.fetch(url, { headers })
      const body = (await answer.json()) as Row & { readonly value?: Row[]; readonly '@odata.nextLink'?: string }
      if (!answer.ok) {
        const text = JSON.stringify(body)
        if (/licen[cs]|Premium/i.test(text)) return 'licence'
        throw new Error(`${url} answered ${answer.status}: ${text}`)
      }
      if (source.single) return [body]
      rows.push(...(body.value ?? []))
      url = body['@odata.nextLink']
    }
    return rows
  }

  for (const fact of factsToRead(checks)) {
    const { each, completes } = fact.source
    if (each?.account) given[fact.id] = []
    else if (each) {
      const parents = each.facts.flatMap((parent) => parsed(parent, given[parent]))
      const ids = [...new Set(parents.flatMap((row) => parentsOf(each, row)))]
      const rows: Row[] = []
      let refused = false
      for (const id of ids) {
        const found = await list(fact.source, id)
        if (found === 'licence') refused = true
        else rows.push(...found.map((row) => ({ ...row, parentId: id })))
      }
      given[fact.id] = refused ? 'licence' : rows
    } else {
      const rows = await list(fact.source)
      given[fact.id] = rows === 'licence' ? rows : await Promise.all(rows.map((row) => (completes ? completed(row, completes) : row)))
    }
  }
  const skus = parsed('subscribedSkus', given['subscribedSkus'])
  return { given: given as Given, licences: licencesOf(skus as Parameters<typeof licencesOf>[0]), now: demoNow }

  async function completed(row: Row, { property, path }: NonNullable<FactSource['completes']>): Promise<Row> {
    const members = row[property]
    if (!Array.isArray(members) || members.length < expandLimit) return row
    const all = await list({ path, pageSize: 999, bucket: 'identity' }, String(row['id']))
    return { ...row, [property]: all }
  }
}

/** The tenant as a scan with the default baseline and untouched settings judges it; `change` replaces facts. */
export function judgeDemoTenant({ given, licences, now }: DemoTenant, change: Given = {}): readonly CheckResult[] {
  if (!baselineOf('default')) throw new Error('There is no default baseline.')
  return judged({ ...given, ...change }, { licences, now, settings: defaultSettings })
}

function urlOf({ path, select, filter, expand, pageSize, single }: FactSource, id: string): string {
  const query = new URLSearchParams()
  if (select) query.set('$select', select.join(','))
  if (filter !== undefined) query.set('$filter', filter.replace('{id}', id))
  if (expand !== undefined) query.set('$expand', expand)
  if (pageSize !== 'none' && !single) query.set('$top', String(pageSize))
  return `https://graph.microsoft.com/v1.0${path.replace('{id}', id)}${query.size > 0 ? `?${query}` : ''}`
}

function parsed(id: string, rows: readonly Row[] | 'licence' | undefined): readonly unknown[] {
  const list: readonly Fact[] = facts
  const fact = list.find((candidate) => candidate.id === (id as ReadFactId))
  if (!fact || !rows || rows === 'licence') return []
  const answer = parseRows(fact, rows)
  if (!answer.ok) throw new Error(answer.detail)
  return answer.rows
}
