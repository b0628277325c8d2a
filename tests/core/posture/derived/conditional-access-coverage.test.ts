import { describe, expect, it } from '@jest/globals'
import { coverageOf } from '../../../../core/posture/derived/conditional-access-coverage.ts'
import { demands, isControl, isPhishingResistant, isSecondFactor } from '../../../../core/posture/rows/policy-requirements.ts'
import { coveringPolicy, inDays } from '../../../build/facts.ts'
import { publishedRows } from '../../../build/parsing.ts'

describe('coverage of a policy', () => {
  it.each([
    ['enabled', 'enabled'],
    ['enabledForReportingButNotEnforced', 'reportOnly'],
    ['disabled', 'off'],
    ['unknownFutureValue', 'off'],
  ])('takes the state %s for %s', (state, taken) => {
    expect(coverageOf(coveringPolicy('p', { state })).state).toBe(taken)
  })

  it('says who is covered and who is left out', () => {
    const users = {
      includeUsers: ['u1', 'GuestsOrExternalUsers'],
      includeRoles: ['r1'],
      excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest, serviceProvider', externalTenants: null },
    }
    const { people } = coverageOf(coveringPolicy('p', { users }))
    expect(people).toMatchObject({
      all: false,
      included: { users: ['u1'], roles: ['r1'] },
      excluded: { guests: ['internalGuest', 'serviceProvider'] },
    })
    expect(people?.included.guests).toHaveLength(6)
    expect(coverageOf(coveringPolicy('p', { users: { includeUsers: ['None'] } })).people).toMatchObject({
      all: false,
      included: { users: [] },
    })
    expect(coverageOf(coveringPolicy('p', { conditions: { users: null } })).people).toBeNull()
  })

  it('says what is covered', () => {
    const applications = { includeApplications: ['None'], includeUserActions: ['urn:user:registerdevice'] }
    expect(coverageOf(coveringPolicy('p', { applications }))).toMatchObject({
      allApplications: false,
      applications: [],
      userActions: ['urn:user:registerdevice'],
      narrowedBy: ['userActions'],
    })
    expect(coverageOf(coveringPolicy('p'))).toMatchObject({ allApplications: true, applications: [], narrowedBy: [] })
  })

  it('names every condition that narrows, and those that it does not know', () => {
    const conditions = {
      clientAppTypes: ['browser'],
      insiderRiskLevels: 'elevated',
      authenticationFlows: { transferMethods: 'deviceCodeFlow,none' },
      unrecognised: ['agentIdRiskLevels'],
    }
    const coverage = coverageOf(coveringPolicy('p', { conditions }))
    expect(coverage.narrowedBy).toEqual(['insiderRiskLevels', 'authenticationFlows', 'clientAppTypes', 'agentIdRiskLevels'])
    expect(coverage.conditions.flows).toEqual(['deviceCodeFlow'])
  })

  it('takes the later of the two dates, and none where there is none', () => {
    const dated = (createdDateTime: string | null, modifiedDateTime: string | null) =>
      coverageOf(coveringPolicy('p', { top: { createdDateTime, modifiedDateTime } })).changedAt
    expect([dated(inDays(-9), inDays(-1)), dated(inDays(-9), null), dated(null, null)]).toEqual([inDays(-1), inDays(-9), null])
  })
})

describe('what a policy asks for', () => {
  const waysOf = (grant: object) => coverageOf(coveringPolicy('p', { grant })).ways

  it('is the weakest of the choices, or everything at once', () => {
    const isDevice = isControl('compliantDevice')
    expect(demands(waysOf({ builtInControls: ['mfa', 'compliantDevice'], operator: 'OR' }), isDevice)).toBe(false)
    expect(demands(waysOf({ builtInControls: ['mfa', 'compliantDevice'], operator: 'AND' }), isDevice)).toBe(true)
    expect(demands(waysOf({ builtInControls: ['compliantDevice'], termsOfUse: ['t'], operator: 'OR' }), isDevice)).toBe(false)
    expect(demands(waysOf({ builtInControls: ['compliantDevice'], customAuthenticationFactors: ['c'], operator: 'AND' }), isDevice)).toBe(
      true,
    )
    expect(demands(waysOf({ builtInControls: [] }), () => true)).toBe(false)
    expect(demands(coverageOf(coveringPolicy('p', { top: { grantControls: null } })).ways, () => true)).toBe(false)
  })

  it("takes Microsoft's built-in strengths for what their names say", () => {
    const strengths = publishedRows('list-authentication-strengths').map(({ allowedCombinations }) =>
      waysOf({ builtInControls: [], authenticationStrength: { id: 's', allowedCombinations } }),
    )
    expect(strengths.map((ways) => [demands(ways, isSecondFactor), demands(ways, isPhishingResistant)])).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ])
  })

  it.each([
    'password',
    'sms',
    'email',
    'qrCodePin',
    'x509CertificateSingleFactor',
    'hardwareOath',
    'federatedSingleFactor',
    'password,email',
    'sms,voice',
    'newMethod',
  ])('does not take %s for two factors', (combination) => {
    const ways = waysOf({ builtInControls: [], authenticationStrength: { id: 's', allowedCombinations: ['fido2', combination] } })
    expect([demands(ways, isSecondFactor), demands(ways, isPhishingResistant)]).toEqual([false, false])
  })
})
