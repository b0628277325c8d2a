import { describe, expect, it } from '@jest/globals'
import type {
  ApplicationEvidence,
  HeldCredential,
  HeldOwner,
  HeldPermission,
  HeldRole,
} from '../../../../core/posture/derived/application-risk.ts'
import { levelOf, notCounted, riskLevels, riskOf, riskParts } from '../../../../core/posture/rules/application-risk.ts'
import { riskReasons } from '../../../../core/posture/rules/application-risk-reasons.ts'
import { renderMessage } from '../../../../core/text/message.ts'
import { now } from '../../../build/facts.ts'
import { fc } from '../../../random.ts'

const dayMs = 24 * 3_600_000
const quiet: ApplicationEvidence = {
  ...{
    id: 'a',
    appId: 'client',
    name: 'A',
    registrationId: null,
    type: 'Application',
    isEnabled: true,
    publisher: 'tenant',
    usesSaml: false,
  },
  ...{ permissions: [], roles: [], credentials: [], owners: [], basis: ['servicePrincipals/a'] },
  exposure: { redirects: [], severalTenants: false, isLocked: false, implicitTokens: false, openToEverybody: false },
}

it('says that use is not known instead of taking an application for unused, or for used', () => {
  expect(notCounted).toEqual([expect.stringMatching(/used is not known and does not count/)])
  expect(Object.keys(riskParts)).not.toContain('use')
  expect(riskOf(quiet, now).score).toBe(0)
})

const tier = fc.constantFrom('control', 'management', 'user', 'none')
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const key = name.map((id) => `servicePrincipals/${id}` as const)
const permission: fc.Arbitrary<HeldPermission> = fc.record({
  kind: fc.constantFrom('application', 'delegated'),
  value: name,
  resourceName: name,
  resourceAppId: name,
  tier,
  risk: fc.constantFrom('critical', 'high', 'medium', 'low', 'none'),
  consent: fc.constantFrom('administrator', 'everybody', 'people'),
  people: fc.integer({ min: 0, max: 30 }),
  since: fc.constant(null),
  basis: key,
})
const credential: fc.Arbitrary<HeldCredential> = fc.record({
  holder: fc.constantFrom('application', 'servicePrincipal'),
  kind: fc.constantFrom('secret', 'certificate', 'federated'),
  keyId: name,
  credentialName: fc.constantFrom('', 'deploy'),
  startsAt: fc.option(fc.integer({ min: -900, max: 0 }).map((days) => now + days * dayMs)),
  endsAt: fc.integer({ min: -300, max: 900 }).map((days) => now + days * dayMs),
  basis: key,
})
const owner: fc.Arbitrary<HeldOwner> = fc.record({
  id: name,
  name,
  through: fc.constantFrom('application', 'servicePrincipal'),
  state: fc.constantFrom('member', 'guest', 'disabled', 'gone', 'application'),
  isGuest: fc.boolean(),
  isPrivileged: fc.boolean(),
  basis: key,
})
const role: fc.Arbitrary<HeldRole> = fc.record({
  name,
  tier,
  isPrivileged: fc.boolean(),
  isActive: fc.boolean(),
  groups: fc.integer({ min: 0, max: 2 }),
  basis: fc.array(key, { maxLength: 2 }),
})
const evidence: fc.Arbitrary<ApplicationEvidence> = fc.record({
  ...{ id: name, appId: name, name, registrationId: fc.option(name), type: name, isEnabled: fc.boolean() },
  publisher: fc.constantFrom('microsoft', 'tenant', 'verified', 'unverified', 'none'),
  usesSaml: fc.boolean(),
  permissions: fc.array(permission, { maxLength: 20 }),
  roles: fc.array(role, { maxLength: 4 }),
  credentials: fc.array(credential, { maxLength: 15 }),
  owners: fc.array(owner, { maxLength: 8 }),
  exposure: fc.record({
    redirects: fc.array(fc.record({ uri: name, problem: fc.constantFrom('wildcard', 'insecure', 'address', 'sharedHost') }), {
      maxLength: 9,
    }),
    ...{ severalTenants: fc.boolean(), isLocked: fc.boolean(), implicitTokens: fc.boolean(), openToEverybody: fc.boolean() },
  }),
  basis: fc.array(key, { maxLength: 2 }),
})

const scoreOf = (of: ApplicationEvidence): number => riskOf(of, now).score

describe('the risk of an application', () => {
  it('is 0 for one that may nothing, and 100 at most', () => {
    expect(riskOf(quiet, now)).toMatchObject({ score: 0, level: 'low' })
    expect(Object.values(riskParts).reduce((sum, most) => sum + most, 0)).toBe(100)
  })

  it('is the sum of its parts, and each part that of its lines up to its most', () => {
    fc.assert(
      fc.property(evidence, (of) => {
        const { score, parts } = riskOf(of, now)
        expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(score)
        for (const { points, most, lines, unlisted } of parts) {
          expect(points).toBeLessThanOrEqual(most)
          const listed = lines.reduce((sum, line) => sum + line.points, 0)
          expect(unlisted === 0 ? listed === points : listed <= points).toBe(true)
          for (const line of lines) expect(line.weight).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('is never made smaller by one more permission, role, credential, doubtful owner or redirect', () => {
    const doubtful = owner.filter(({ state, isGuest }) => state !== 'member' || isGuest)
    fc.assert(
      fc.property(evidence, permission, role, credential, doubtful, (of, onePermission, oneRole, oneCredential, oneOwner) => {
        const before = scoreOf(of)
        expect(scoreOf({ ...of, permissions: [...of.permissions, onePermission] })).toBeGreaterThanOrEqual(before)
        expect(scoreOf({ ...of, roles: [...of.roles, oneRole] })).toBeGreaterThanOrEqual(before)
        expect(scoreOf({ ...of, credentials: [...of.credentials, oneCredential] })).toBeGreaterThanOrEqual(before)
        expect(scoreOf({ ...of, owners: [...of.owners, oneOwner] })).toBeGreaterThanOrEqual(before)
        const redirects = [...of.exposure.redirects, { uri: 'z', problem: 'wildcard' } as const]
        expect(scoreOf({ ...of, exposure: { ...of.exposure, redirects } })).toBeGreaterThanOrEqual(before)
      }),
      { numRuns: 300 },
    )
  })

  it('does not depend on the order of anything', () => {
    fc.assert(
      fc.property(evidence, (of) => {
        const turned = { permissions: [...of.permissions].reverse(), roles: [...of.roles].reverse() }
        const others = { credentials: [...of.credentials].reverse(), owners: [...of.owners].reverse() }
        expect(riskOf({ ...of, ...turned, ...others }, now)).toEqual(riskOf(of, now))
      }),
    )
  })

  it('says each line in a sentence', () => {
    fc.assert(
      fc.property(evidence, (of) => {
        for (const { lines } of riskOf(of, now).parts)
          for (const { reason, values } of lines) expect(renderMessage(riskReasons[reason], values)).toMatch(/^[A-Z0-9a-e].*\.$/)
      }),
    )
  })

  it('weighs a control permission with a long secret and a plain owner as critical', () => {
    const held: ApplicationEvidence = {
      ...quiet,
      permissions: [
        {
          ...{ kind: 'application', value: 'RoleManagement.ReadWrite.Directory', resourceName: 'Microsoft Graph', resourceAppId: 'g' },
          ...{ tier: 'control', risk: 'critical', consent: 'administrator', people: 0, since: null, basis: 'appRoleAssignments/1' },
        },
      ],
      credentials: [
        {
          ...{ holder: 'application', kind: 'secret', keyId: 'k', credentialName: 'deploy' },
          ...{ startsAt: now - 400 * dayMs, endsAt: now + dayMs, basis: 'applications/a' },
        },
      ],
      owners: [
        {
          ...{ id: 'u', name: 'Ada', through: 'application', state: 'member', isGuest: false, isPrivileged: false },
          basis: 'applicationOwners/a',
        },
      ],
    }
    const { score, level, parts } = riskOf(held, now)
    expect([score, level]).toEqual([35 + 14 + 8, 'critical'])
    expect(parts.flatMap(({ part, lines }) => lines.map(({ reason, points, basis }) => [part, reason, points, ...basis]))).toEqual([
      ['powers', 'applicationPermission', 35, 'appRoleAssignments/1'],
      ['credentials', 'secret', 14, 'applications/a'],
      ['owners', 'plainOwner', 8, 'applicationOwners/a'],
    ])
    // A day later the secret has ended.
    expect(riskOf(held, now + 2 * dayMs).score).toBe(35 + 1 + 8)
  })

  it('has levels that rise', () => {
    const levels = Array.from({ length: 101 }, (_, score) => riskLevels.indexOf(levelOf(score)))
    expect(levels).toEqual([...levels].sort((left, right) => left - right))
    expect(new Set(levels).size).toBe(riskLevels.length)
  })
})
