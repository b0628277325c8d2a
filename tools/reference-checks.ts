import { baselines } from '../core/posture/baselines.ts'
import type { AnyCheck } from '../core/posture/check.ts'
import { checks } from '../core/posture/checks.ts'
import { derivedFactOf, facts } from '../core/posture/facts.ts'
import type { ReadFactId } from '../core/posture/facts.ts'
import { licenceTitles } from '../core/posture/licences.ts'
import { readingRoles } from '../core/posture/reading-roles.ts'
import { code, generated, kebab, table } from './reference-text.ts'

/** What a reader of the reference wants to know of a check; no column is empty: 'none' says that nothing is needed. */
export interface CheckColumns {
  readonly code: string
  readonly id: string
  readonly rule: string
  readonly severity: string
  readonly reads: string
  readonly scopes: string
  readonly roles: string
  readonly licence: string
  readonly mappings: string
}

export function columnsOf(check: AnyCheck): CheckColumns {
  const read = readFor(check, false)
  const mappings = Object.entries(check.frameworks).map(([name, ids]) => `${name}: ${ids.join(', ')}`)
  return {
    code: check.code,
    id: check.id,
    rule: `${check.title}.`,
    severity: check.severity,
    reads: code(read.map(({ id }) => kebab(id))),
    scopes: code([...new Set(read.flatMap(({ scopes }) => scopes))].sort()),
    roles:
      [...new Set(read.map(({ id }) => rolesFor(id)))].filter((roles, _index, all) => all.length === 1 || roles !== 'none').join('; ') ||
      'none',
    licence: licenceOf(check, read),
    mappings: mappings.join('; ') || 'none',
  }
}

/** Read facts that the check is unknown without, or those as well that only help it to say more. */
function readFor({ needs, each = [] }: AnyCheck, withHelp: boolean): readonly (typeof facts)[number][] {
  const found = new Set<string>()
  const open: string[] = [...needs, ...each]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    const derived = derivedFactOf(id)
    if (derived) open.push(...derived.needs, ...derived.over, ...(withHelp ? derived.helps : []))
  }
  return facts.filter(({ id }) => found.has(id))
}

/** What the check asks for, and what one of the things that it reads asks for by itself. */
function licenceOf({ licence }: AnyCheck, read: readonly (typeof facts)[number][]): string {
  const own = licence ? [licenceTitles[licence]] : []
  const others = read.flatMap((fact) =>
    'licence' in fact && fact.licence !== licence && !('withoutLicence' in fact)
      ? [`${licenceTitles[fact.licence]} to read ${kebab(fact.id)}`]
      : [],
  )
  return [...own, ...others].join('; ') || 'none'
}

/** Roles of which one is needed to read the fact. */
export function rolesFor(fact: ReadFactId): string {
  const roles = readingRoles(fact)
  return roles.length === 0 ? 'none' : roles.join(' or ')
}

function section(check: AnyCheck): string {
  const columns = columnsOf(check)
  const needed = readFor(check, false)
  const helping = readFor(check, true).filter((fact) => !needed.includes(fact))
  return `## ${check.id}

**${check.code}** · ${check.title} · severity ${check.severity}

${check.why}

- Looks at: ${code([...(check.each ?? []), ...check.needs])}${check.each ? ' (one row at a time)' : ''}
- Read for it: ${columns.reads}${helping.length > 0 ? `; says more with ${code(helping.map(({ id }) => kebab(id)))}` : ''}
- Scopes: ${columns.scopes}
- Role of whoever scans: ${columns.roles}
- Licence: ${columns.licence}
- Mappings: ${columns.mappings}
- Fix with the Aid: ${check.fix ? `\`${check.fix.action}\`` : 'no safe automatic fix'}
- Look yourself: <${check.portal}>

${table(['Reason', 'What it says'], Object.entries(check.reasons))}

${check.remediation.map((step, index) => `${index + 1}. ${step}`).join('\n')}`
}

export function checksPage(): string {
  const policies = baselines.map(
    (baseline) =>
      `- **${baseline.title}** (\`${baseline.id}\`): ${Object.keys(baseline.policies).length} policies; an absent licence counts as ${baseline.absentLicence === 'fail' ? 'not met' : 'not applicable'}`,
  )
  const overview = table(
    ['Code', 'Rule', 'Severity', 'Scopes', 'Role', 'Licence', 'Mappings'],
    checks.map((check) => {
      const { code: number, id, rule, severity, scopes, roles, licence, mappings } = columnsOf(check)
      return [`[${number}](#${id})`, rule, severity, scopes, roles, licence, mappings]
    }),
  )
  return `${generated}\n\n# Checks\n\nVerdicts: pass, fail, warn, notApplicable, manual, unknown. What could not be read is unknown, never a pass and never a failure.\n\n${policies.join('\n')}\n\n## All at a glance\n\nA check passes while its rule holds. Of the roles named, whoever scans needs one from each list, beside the scopes; Global Reader is one for nearly all.\n\n${overview}\n\n${checks.map(section).join('\n\n')}`
}
