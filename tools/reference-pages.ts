import { actions } from '../core/actions/catalogue.ts'
import { routes } from '../core/api/routes.ts'
import { checks } from '../core/posture/checks.ts'
import { facts } from '../core/posture/facts.ts'
import { neededFacts } from '../core/posture/judge-facts.ts'
import { capabilities, doorCapabilities } from '../core/principal.ts'
import { actScopes, readScopes } from '../bot/src/identity/registrations.ts'
import { claims } from '../core/trust/claims.ts'
import { probes } from '../core/trust/probes.ts'
import { code, generated, kebab, table } from './reference-text.ts'
import { rolesFor } from './reference-checks.ts'

export function factsPage(): string {
  const sections = facts.map(
    (fact) => `## ${kebab(fact.id)}

${fact.title}.

- Read from: \`GET /v1.0${fact.source.path}\`${fact.source.expand ? ` with \`$expand=${fact.source.expand}\`` : ''}
- Fields: ${code(fact.source.select ?? [])}
- Scopes: ${code(fact.scopes)}
- Role of whoever reads: ${rolesFor(fact.id)}
- Licence: ${fact.licence ?? 'none'}${fact.withoutLicence ? ' (without it there can be no rows)' : ''}
- Held: ${fact.held}; throttling bucket: ${fact.source.bucket}`,
  )
  return `${generated}\n\n# Facts\n\nWhat is read from Microsoft Graph, and with which permission.\n\n${sections.join('\n\n')}`
}

/** The narrowest place at which a role can be assigned, in words. */
const reach = {
  tenant: 'the tenant',
  administrativeUnit: 'an administrative unit with whom it is about',
  object: 'the object itself',
} as const satisfies Record<(typeof actions)[number]['directoryRole']['scope'], string>

export function actionsPage(): string {
  const sections = actions.map(
    (action) => `## ${action.id}

${action.title}. ${action.why}

- Impact: ${action.impact}${action.impact === 'high' ? ' (two people countersign)' : ''}; asked for by ${action.requesters.join(', ')}; countersigned by ${action.countersigners.join(', ')}
- Starts: ${action.starts}; licence: ${action.licence}
- Asks for: ${action.inputs.map(({ name, title }) => `${title} (\`${name}\`)`).join(', ')}
- Reads first and compares right before the write: ${code(action.preStateFields)}
- Write scopes: ${code(action.writeScopes)}
- Proof scopes: ${code(action.proofScopes.filter((scope) => !action.writeScopes.includes(scope)))}
- Least role of the Aid: ${action.directoryRole.name}${action.directoryRole.templateId === 'custom' ? ' (a custom role)' : ''}, with ${code(action.directoryRole.actions)}, no wider than ${reach[action.directoryRole.scope]}. ${action.directoryRole.because}
- Audit log: ${code(action.auditActivities)}
- If the token were stolen: ${action.ifStolen}
- Only a live tenant can confirm: ${action.unconfirmed ?? 'nothing'}
- Undo: ${action.undo.possible ? `for ${action.undo.days} days` : action.undo.because}

${table(['Reason', 'What it says'], Object.entries(action.reasons))}`,
  )
  return `${generated}\n\n# Actions\n\nEverything that the Aid can do, each only after a named person has countersigned it. What is not on this page cannot happen.\n\n${sections.join('\n\n')}`
}

export function claimsPage(): string {
  const claimSections = claims.map(
    (claim) => `## ${claim.id}

${claim.text}

- Keeps: ${claim.requirements.join(', ')}; plane: ${claim.plane}; kind: ${claim.kind}
- Proof: ${claim.proof}${claim.probe ? ` by the probe \`${claim.probe}\`` : ''}
- Owner: ${claim.owner}; read again by ${claim.reviewBy}`,
  )
  const probeSections = probes.map(
    (probe) => `## ${probe.id}\n\n${probe.title}. ${probe.method} Evidence counts for ${probe.maxAgeHours} hours.`,
  )
  return `${generated}\n\n# Claims\n\n${claimSections.join('\n\n')}\n\n# Probes\n\n${probeSections.join('\n\n')}`
}

/** Codes of the checks that look at a fact which this scope opens, directly or through something derived from it. */
function codesBehind(scope: string): readonly string[] {
  const behind = checks.filter((check) => {
    const needed = neededFacts([check])
    const parents = facts.filter(({ id }) => needed.has(id)).flatMap(({ source }) => source.each?.facts ?? [])
    return facts.some(({ id, scopes }) => (needed.has(id) || parents.includes(id)) && scopes.includes(scope))
  })
  return behind.map(({ code }) => code).sort()
}

export function permissionsPage(): string {
  const rows = Object.entries(capabilities).map(([capability, allowed]) => {
    const doors = Object.entries(doorCapabilities)
      .filter(([, list]) => (list as readonly string[]).includes(capability))
      .map(([door]) => door)
    return [`\`${capability}\``, allowed.join(', '), doors.join(', ')]
  })
  const act = actScopes()
  const reading = readScopes().map(({ scope, because }) => {
    const codes = codesBehind(scope)
    return [`\`${scope}\``, because.join('; '), codes.length === 0 ? 'none' : `${codes.length}: ${codes.join(', ')}`]
  })
  const scopes = (needed: readonly { readonly scope: string; readonly because: readonly string[] }[]): string =>
    table(
      ['Scope', 'Because of'],
      needed.map(({ scope, because }) => [`\`${scope}\``, because.join('; ')]),
    )
  return `${generated}\n\n# Permissions\n\n## Who may do what\n\n${table(['Capability', 'Roles', 'Doors'], rows)}\n\n## Delegated Microsoft Graph scopes\n\n### Countersign Read\n\n${table(['Scope', 'Because of', 'Checks that look at it'], reading)}\n\n### Countersign Act, to write\n\n${scopes(act.write)}\n\n### Countersign Act, to prove and guard\n\n${scopes(act.proof)}\n\n### Countersign Chat\n\nNone.`
}

export function routesPage(): string {
  return `${generated}\n\n# HTTP routes\n\nThe OpenAPI document is served at \`/api/openapi.json\`.\n\n${table(
    ['Route', 'What it does', 'Needs', 'Effect'],
    routes.map((route) => [`\`${route.method} ${route.path}\``, route.summary, `\`${route.capability}\``, route.effect]),
  )}`
}
