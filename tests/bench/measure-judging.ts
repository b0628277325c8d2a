/** Judging alone, without reading: every check over a tenant of 100,000 people that is held in memory. */
import { defaultBaseline } from '../../core/posture/baselines/default.ts'
import type { CheckResult } from '../../core/posture/check.ts'
import { checks } from '../../core/posture/checks.ts'
import type { Fact } from '../../core/posture/fact.ts'
import { facts } from '../../core/posture/facts.ts'
import { startJudging } from '../../core/posture/judge.ts'
import { notKnownLicences } from '../../core/posture/licences.ts'
import type { FactReading } from '../../core/posture/reading.ts'
import { defaultSettings } from '../../core/posture/settings.ts'
import { appRole, certificate, enterprise, grant, microsoftGraph, organization, ownedBy, registered } from '../build/applications.ts'
import { holding, inDays, now, secret } from '../build/facts.ts'
import { user } from '../build/people.ts'
import { rounds, type Bench } from './figures.ts'

export type TenantRows = Readonly<Record<string, readonly unknown[]>>

const allFacts: readonly Fact[] = facts

/** One registration, two enterprise applications and ten grants for every twenty people. */
export function largeTenantRows(people: number): TenantRows {
  const registrations = Math.round(people / 20)
  const list = <Row>(count: number, row: (index: number) => Row): Row[] => Array.from({ length: count }, (_, index) => row(index))
  const principal = (index: number): string => (index < registrations ? `a${index}` : `s${index}`)
  return {
    organization: [organization()],
    applications: list(registrations, (index) =>
      registered(`a${index}`, {
        passwordCredentials: index % 3 === 0 ? [secret('k', inDays(index % 200))] : [],
        keyCredentials: index % 3 === 1 ? [certificate('c', inDays(index % 300))] : [],
      }),
    ),
    servicePrincipals: [microsoftGraph(), ...list(registrations * 2, (index) => enterprise(principal(index)))],
    applicationOwners: list(registrations, (index) => ownedBy(`a${index}`, ...(index % 4 === 0 ? [] : [`u${index}`]))),
    servicePrincipalOwners: list(registrations * 2, (index) => ownedBy(principal(index))),
    federatedIdentityCredentials: list(registrations, (index) => ({
      id: `a${index}`,
      displayName: null,
      federatedIdentityCredentials: [],
    })),
    roleAssignments: list(60, (index) => holding(`u${index}`)),
    oauth2PermissionGrants: list(registrations * 10, (index) => ({
      ...(index < registrations * 4.4
        ? grant(`s${registrations + (index % registrations)}`, 'User.Read Mail.Read', null)
        : grant(`a${index % registrations}`, 'User.Read openid profile', `u${index}`)),
      id: `g${index}`,
    })),
    appRoleAssignments: list(registrations, (index) =>
      appRole(`a${index}`, index % 50 === 0 ? 'RoleManagement.ReadWrite.Directory' : 'User.Read.All'),
    ),
    users: list(people, (index) => user(`u${index}`)),
    domains: [
      { id: 'contoso.com', authenticationType: 'Managed', isVerified: true, isRoot: true, passwordValidityPeriodInDays: 2147483647 },
    ],
    userSignInActivity: list(people, (index) => {
      const { id, displayName, userPrincipalName, userType, accountEnabled, createdDateTime } = user(`u${index}`)
      const signInActivity = { lastSuccessfulSignInDateTime: inDays(-(index % 120)) }
      return { id, displayName, userPrincipalName, userType, accountEnabled, createdDateTime, signInActivity }
    }),
  }
}

/** Judges the rows as a scan does: streamed facts one row at a time. A fact that is not among them is read and empty. */
export function judgeRows(rows: TenantRows): readonly CheckResult[] {
  const readings: Record<string, FactReading> = {}
  for (const { id, held } of allFacts)
    readings[id] = { state: 'read', asOf: inDays(0), ...(held === 'streamed' ? {} : { rows: rows[id] ?? [] }) }
  const input = { checks, readings, now, settings: defaultSettings, baseline: defaultBaseline, licences: notKnownLicences }
  const judging = startJudging(input)
  for (const { id, held } of allFacts) if (held === 'streamed') for (const row of rows[id] ?? []) judging.accept(id, row)
  return judging.finish()
}

/** Wall and processor time of judging, building the rows left out. */
export async function measureJudging(bench: Bench): Promise<void> {
  const rows = largeTenantRows(100_000)
  const wall: number[] = []
  const processor: number[] = []
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now()
    const busy = process.cpuUsage()
    judgeRows(rows)
    const { user: own, system } = process.cpuUsage(busy)
    wall.push(Math.round(performance.now() - begin))
    processor.push(Math.round((own + system) / 1000))
  }
  const title = `judge: ${checks.length} checks over 100,000 people, held in memory`
  bench.add('judge.large.wall', title, 'ms', wall)
  bench.add('judge.large.processor', `${title}, processor time`, 'ms', processor)
}
