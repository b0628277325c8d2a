import type { AlertView, ControlGrant, Credential, RiskyUser } from '@countersign/core/alerts/view.ts'
import { builtInRoles } from '@countersign/core/data/directory-roles.ts'
import { permissionById, permissionIdsOf } from '@countersign/core/data/permission-risks.ts'
import { dayMs } from '@countersign/core/day.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import { appRoleAssignments } from '@countersign/core/posture/facts/app-role-assignments.ts'
import { applications } from '@countersign/core/posture/facts/applications.ts'
import { riskyUsers } from '@countersign/core/posture/facts/risky-users.ts'
import { roleAssignments } from '@countersign/core/posture/facts/role-assignments.ts'
import { roleEligibility } from '@countersign/core/posture/facts/role-eligibility.ts'
import { servicePrincipals } from '@countersign/core/posture/facts/service-principals.ts'
import type { RoleHolding } from '@countersign/core/posture/rows/role-holding.ts'
import { readScopes } from '../../identity/registrations.ts'
import { aidOf } from '../../store/aid.ts'
import { seriousFindings } from '../../store/alerts.ts'
import { rowsWhere } from '../../store/fact-lookups.ts'
import { factReads, readWhole, rowsByKey } from '../../store/facts.ts'
import { newestReading, scanLines, trend } from '../../store/history.ts'
import { runningScan } from '../../store/scans.ts'
import { newestTokenScopes } from '../../store/token-scopes.ts'
import type { ReadTx } from '../../store/transaction.ts'

/** As far back as a rule may look. */
const scoreDays = 31
const scansSeen = 100
const tokensSeen = 200

/** What the alert rules look at, from the last finished scan and what is stored beside it. Reads nothing of the tenant. */
export async function alertView(tx: ReadTx, now: number): Promise<AlertView> {
  const reading = await newestReading(tx)
  const read = new Set(reading ? (await factReads(tx, reading.id)).filter(({ state }) => state === 'read').map(({ fact }) => fact) : [])
  const known = async <T>(facts: readonly string[], look: (scanId: string) => Promise<T>): Promise<T | 'notKnown'> =>
    reading && facts.every((fact) => read.has(fact)) ? look(reading.id) : 'notKnown'
  const isScanning = (await runningScan(tx)) !== undefined
  const scores = await trend(tx, new Date(now - scoreDays * dayMs).toISOString(), 1000)
  const lines = (await scanLines(tx, scansSeen)).filter(({ kind }) => kind === 'scan')
  return {
    now,
    // Between the first and the last verdict of a scan findings come and go; after it they are what they are.
    findings:
      !reading || isScanning
        ? 'notKnown'
        : (await seriousFindings(tx)).map((finding) => ({ ...finding, title: checkOf(finding.checkId)?.title ?? finding.checkId })),
    scores: scores.flatMap(({ at, value }) => (value === null ? [] : [{ at: Date.parse(at), value }])),
    scans: lines.flatMap(({ state, finishedAt, problem }) =>
      finishedAt !== null && (state === 'finished' || state === 'failed')
        ? [{ failed: state === 'failed', at: Date.parse(finishedAt), problem: problem ?? '' }]
        : [],
    ),
    credentials: await known([applications.id], (scanId) => credentialsOf(tx, scanId)),
    permissionGrants: await known([appRoleAssignments.id, servicePrincipals.id], (scanId) => permissionGrants(tx, scanId)),
    roleGrants: await known([roleAssignments.id, roleEligibility.id], (scanId) => roleGrants(tx, scanId)),
    riskyUsers: await known([riskyUsers.id], (scanId) => riskyNow(tx, scanId)),
    readLost: await readLost(tx),
    aidLost: await aidLost(tx),
  }
}

async function credentialsOf(tx: ReadTx, scanId: string): Promise<Credential[]> {
  const reading = await readWhole(tx, scanId, applications.id)
  return (reading.state === 'read' ? (reading.rows ?? []) : []).flatMap((row) => {
    const { id, displayName, passwordCredentials, keyCredentials = [] } = applications.row.parse(row)
    const of = (kind: Credential['kind'], list: readonly { readonly keyId: string; readonly endDateTime: string }[]): Credential[] =>
      list.map(({ keyId, endDateTime }) => ({ applicationId: id, name: displayName ?? '', kind, keyId, endsAt: Date.parse(endDateTime) }))
    return [...of('secret', passwordCredentials), ...of('certificate', keyCredentials)]
  })
}

async function permissionGrants(tx: ReadTx, scanId: string): Promise<ControlGrant[]> {
  const found = await rowsWhere(tx, {
    scanId,
    fact: appRoleAssignments.id,
    where: { appRoleId: permissionIdsOf('application', 'control') },
  })
  const grants = found.map(({ row }) => appRoleAssignments.row.parse(row))
  const resources = await rowsByKey(tx, scanId, servicePrincipals.id, [...new Set(grants.map(({ resourceId }) => resourceId))])
  const appIds = new Map(resources.map(({ key, row }) => [key, servicePrincipals.row.parse(row).appId]))
  return grants.flatMap(({ id, resourceId, appRoleId, principalDisplayName }) => {
    const rated = permissionById(appIds.get(resourceId) ?? '', 'application', appRoleId)
    return rated?.tier === 'control' ? [{ id, name: principalDisplayName ?? '', what: rated.value }] : []
  })
}

/** Held now or eligible: one key for both, because to activate a role is not to receive it. */
async function roleGrants(tx: ReadTx, scanId: string): Promise<ControlGrant[]> {
  const held = async (fact: typeof roleAssignments | typeof roleEligibility): Promise<readonly RoleHolding[]> => {
    const reading = await readWhole(tx, scanId, fact.id)
    return (reading.state === 'read' ? (reading.rows ?? []) : []).map((row) => fact.row.parse(row))
  }
  const grants = new Map<string, ControlGrant>()
  for (const row of [...(await held(roleAssignments)), ...(await held(roleEligibility))]) {
    const role = builtInRoles.get(row.roleDefinitionId.toLowerCase())
    if (role?.tier !== 'control' || !role.isPrivileged) continue
    const id = `${row.principalId}/${role.templateId}/${row.directoryScopeId ?? ''}`
    const known = grants.get(id)
    if (!known || known.name === row.principalId)
      grants.set(id, { id, name: row.principal?.displayName ?? row.principalId, what: role.name })
  }
  return [...grants.values()]
}

async function riskyNow(tx: ReadTx, scanId: string): Promise<RiskyUser[]> {
  const found = await rowsWhere(tx, { scanId, fact: riskyUsers.id, where: { riskState: ['atRisk', 'confirmedCompromised'] } })
  return found.flatMap(({ row }) => {
    const { id, userDisplayName, userPrincipalName, riskLevel, isDeleted } = riskyUsers.row.parse(row)
    if (isDeleted === true || !(riskLevel === 'low' || riskLevel === 'medium' || riskLevel === 'high')) return []
    return [{ id, name: userDisplayName ?? userPrincipalName ?? id, level: riskLevel }]
  })
}

/** A scope that scans need, that a token had before and that the newest has no longer. */
async function readLost(tx: ReadTx): Promise<string | null> {
  const [newest, ...earlier] = await newestTokenScopes(tx, 'read', tokensSeen)
  if (!newest) return 'notKnown'
  const had = new Set(earlier.flatMap(({ scopes }) => scopes))
  const lost = readScopes()
    .map(({ scope }) => scope)
    .filter((scope) => had.has(scope) && !newest.scopes.includes(scope))
  if (lost.length === 0) return null
  return `${lost.slice(0, 3).join(', ')}${lost.length > 3 ? ` and ${lost.length - 3} more` : ''} ${lost.length === 1 ? 'is' : 'are'} no longer granted.`
}

async function aidLost(tx: ReadTx): Promise<string | null> {
  const aid = await aidOf(tx)
  switch (aid?.state) {
    case undefined:
    case 'connected':
      return null
    case 'needsSignIn':
      return 'it must sign in again.'
    case 'disabled':
      return 'its account is disabled.'
    case 'roleMissing':
      return 'it lacks a directory role that switched-on actions need.'
  }
}
