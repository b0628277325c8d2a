import { expect, it } from '@jest/globals'
import { defaultBaseline } from '../../../core/posture/baselines/default.ts'
import { checks } from '../../../core/posture/checks.ts'
import type { Fact } from '../../../core/posture/fact.ts'
import { facts } from '../../../core/posture/facts.ts'
import { startJudging } from '../../../core/posture/judge.ts'
import { notKnownLicences } from '../../../core/posture/licences.ts'
import type { FactReading } from '../../../core/posture/reading.ts'
import { defaultSettings } from '../../../core/posture/settings.ts'
import { appRole, certificate, enterprise, grant, microsoftGraph, organization, ownedBy, registered } from '../../build/applications.ts'
import { holding, inDays, now, secret } from '../../build/facts.ts'
import { user } from '../../build/people.ts'

const list = <Row>(count: number, row: (index: number) => Row): Row[] => Array.from({ length: count }, (_, index) => row(index))

/** A tenant of 100,000 people; the figure is printed and asserted nowhere, since machines differ. */
it('judges 100,000 people, 50,000 grants, 10,000 enterprise applications and 5,000 registrations', () => {
  const rows: Readonly<Record<string, readonly unknown[]>> = {
    organization: [organization()],
    applications: list(5000, (index) =>
      registered(`a${index}`, {
        passwordCredentials: index % 3 === 0 ? [secret('k', inDays(index % 200))] : [],
        keyCredentials: index % 3 === 1 ? [certificate('c', inDays(index % 300))] : [],
      }),
    ),
    servicePrincipals: [microsoftGraph(), ...list(10_000, (index) => enterprise(index < 5000 ? `a${index}` : `s${index}`))],
    applicationOwners: list(5000, (index) => ownedBy(`a${index}`, ...(index % 4 === 0 ? [] : [`u${index}`]))),
    servicePrincipalOwners: list(10_000, (index) => ownedBy(index < 5000 ? `a${index}` : `s${index}`)),
    federatedIdentityCredentials: list(5000, (index) => ({ id: `a${index}`, displayName: null, federatedIdentityCredentials: [] })),
    roleAssignments: list(60, (index) => holding(`u${index}`)),
    oauth2PermissionGrants: list(50_000, (index) =>
      index < 22_000
        ? grant(`s${5000 + (index % 5000)}`, 'User.Read Mail.Read', null)
        : grant(`a${index % 5000}`, 'User.Read openid profile', `u${index}`),
    ).map((row, index) => ({ ...row, id: `g${index}` })),
    appRoleAssignments: list(5000, (index) =>
      appRole(`a${index}`, index % 50 === 0 ? 'RoleManagement.ReadWrite.Directory' : 'User.Read.All'),
    ),
    users: list(100_000, (index) => user(`u${index}`)),
  }
  const readings: Record<string, FactReading> = {}
  const all: readonly Fact[] = facts
  for (const { id, held } of all)
    readings[id] = { state: 'read', asOf: inDays(0), ...(held === 'streamed' ? {} : { rows: rows[id] ?? [] }) }

  const runs: number[] = []
  for (let run = 0; run < 3; run += 1) {
    const begin = process.cpuUsage()
    const input = { checks, readings, now, settings: defaultSettings, baseline: defaultBaseline, licences: notKnownLicences }
    const judging = startJudging(input)
    for (const { id, held } of all) if (held === 'streamed') for (const row of rows[id] ?? []) judging.accept(id, row)
    const results = judging.finish()
    const { user: busy, system } = process.cpuUsage(begin)
    runs.push(Math.round((busy + system) / 1000))
    expect(results.filter(({ outcome }) => outcome.verdict === 'unknown').map(({ checkId, outcome }) => [checkId, outcome])).toEqual([])
  }
  process.stdout.write(`judging a tenant of 100,000 people with ${checks.length} checks: ${runs.join(', ')} ms of processor time\n`)
})
