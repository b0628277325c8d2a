import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import type { AuthenticationResult } from '@azure/msal-node'
import { ADA, authorizeUrl, Browser, GRAPH, postToken, READ, SECRET, startKit } from './signin-kit.ts'
import type { Kit, TokenAnswer } from './signin-kit.ts'

const policies = 'identity/conditionalAccess/policies'
const policyId = '99999999-0000-4000-8000-000000000001'
const office = '99999999-0000-4000-8000-000000000002'
const phishingResistant = { operator: 'OR', authenticationStrength: { allowedCombinations: ['fido2', 'windowsHelloForBusiness'] } }

const listed = z.object({ objects: z.array(z.looseObject({ id: z.string() })) })

let kit: Kit
let adaId: string
/** A refresh token of Ada's, obtained before any policy was evaluated. */
let refresh: string
before(async () => {
  kit = await startKit()
  adaId = (await kit.people()).find(({ userPrincipalName }) => userPrincipalName === ADA)?.id ?? ''
  const signedIn: AuthenticationResult = await kit.signIn(kit.client(), ADA, ['User.Read', 'offline_access'])
  assert.ok(signedIn.accessToken)
  const { objects } = listed.parse((await kit.control('GET', `/tenants/contoso-demo/objects/${policies}`)).body)
  for (const { id } of objects) await kit.control('PATCH', `/tenants/contoso-demo/objects/${policies}/${id}`, { state: 'disabled' })
  const back = await new Browser().signIn(authorizeUrl(kit, { scope: 'User.Read openid offline_access' }), ADA)
  const answer = await postToken(kit, {
    grant_type: 'authorization_code',
    client_id: READ,
    client_secret: SECRET,
    code: back.searchParams.get('code') ?? '',
    redirect_uri: 'https://localhost:7443/callback',
  })
  refresh = String(answer.body['refresh_token'])
})
after(() => kit.close())

async function policy(changed: Readonly<Record<string, unknown>>, users: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const none = { includeUsers: [], excludeUsers: [], includeGroups: [], excludeGroups: [], includeRoles: [], excludeRoles: [] }
  const { conditions, ...rest } = changed
  const put = await kit.control('PUT', `/tenants/contoso-demo/objects/${policies}/${policyId}`, {
    displayName: 'The one',
    state: 'enabled',
    conditions: {
      users: { ...none, includeUsers: [adaId], ...users },
      applications: { includeApplications: ['All'], excludeApplications: [] },
      clientAppTypes: ['all'],
      ...(typeof conditions === 'object' ? conditions : {}),
    },
    grantControls: null,
    sessionControls: null,
    ...rest,
  })
  assert.equal(put.status, 200, JSON.stringify(put.body))
}

async function bring(evidence: Readonly<Record<string, unknown>>, evaluatePolicies = true): Promise<void> {
  const put = await kit.control('PUT', '/sign-in', { evaluatePolicies, evidence: { [ADA]: { mfa: true, ...evidence } } })
  assert.equal(put.status, 200, JSON.stringify(put.body))
}

function renew(): Promise<TokenAnswer> {
  return postToken(kit, { grant_type: 'refresh_token', client_id: READ, client_secret: SECRET, refresh_token: refresh, scope: 'User.Read' })
}
async function codes(): Promise<readonly number[]> {
  const { body } = await renew()
  return body.error_codes ?? []
}

describe('policies of the tenant at sign-in', () => {
  it('decide nothing unless the control port says so', async () => {
    await policy({ grantControls: { operator: 'OR', builtInControls: ['block'] } })
    await bring({}, false)
    assert.deepEqual(await codes(), [])
    await bring({})
    const refused = await renew()
    assert.deepEqual(refused.body.error_codes, [53003])
    assert.match(refused.body.claims ?? '', new RegExp(policyId))
  })

  for (const [what, users] of [
    ['the person left out', { excludeUsers: 'ada' }],
    ['somebody else', { includeUsers: ['00000000-0000-4000-8000-000000000000'] }],
    ['nobody', { includeUsers: ['None'] }],
  ] as const) {
    it(`leave a person alone with ${what}`, async () => {
      const given = 'excludeUsers' in users ? { excludeUsers: [adaId] } : users
      await policy({ grantControls: { operator: 'OR', builtInControls: ['block'] } }, given)
      await bring({})
      assert.deepEqual(await codes(), [])
    })
  }

  it('reach people by their role and leave them out by it', async () => {
    const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
    const block = { grantControls: { operator: 'OR', builtInControls: ['block'] } }
    await bring({})
    await policy(block, { includeUsers: [], includeRoles: [globalAdministrator] })
    assert.deepEqual(await codes(), [53003])
    await policy(block, { includeUsers: ['All'], excludeRoles: [globalAdministrator] })
    assert.deepEqual(await codes(), [])
  })

  for (const [name, state, conditions] of [
    ['switched off', 'disabled', {}],
    ['only reporting', 'enabledForReportingButNotEnforced', {}],
    [
      'for another resource',
      'enabled',
      { applications: { includeApplications: ['00000002-0000-0ff1-ce00-000000000000'], excludeApplications: [] } },
    ],
    ['without this resource', 'enabled', { applications: { includeApplications: ['All'], excludeApplications: [GRAPH] } }],
    ['for old protocols', 'enabled', { clientAppTypes: ['exchangeActiveSync', 'other'] }],
    ['for risk', 'enabled', { signInRiskLevels: ['high'] }],
    ['for unknown platforms', 'enabled', { platforms: { includePlatforms: ['all'], excludePlatforms: ['windows'] } }],
  ] as const) {
    it(`stop nobody when ${name}`, async () => {
      await policy({ state, conditions, grantControls: { operator: 'OR', builtInControls: ['block'] } })
      await bring({})
      assert.deepEqual(await codes(), [])
    })
  }

  it('look at the address and the country', async () => {
    await kit.control('PUT', `/tenants/contoso-demo/objects/identity/conditionalAccess/namedLocations/${office}`, {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      displayName: 'Office',
      isTrusted: true,
      ipRanges: [{ cidrAddress: '198.51.100.0/24' }, { cidrAddress: '2001:db8::/32' }],
    })
    await policy({
      conditions: { locations: { includeLocations: ['All'], excludeLocations: [office] } },
      grantControls: { operator: 'OR', builtInControls: ['block'] },
    })
    for (const [evidence, wanted] of [
      [{ address: '198.51.100.7' }, []],
      [{ address: '2001:db8::7' }, []],
      [{ address: '203.0.113.7' }, [53003]],
      [{}, [53003]],
    ] as const) {
      await bring(evidence)
      assert.deepEqual(await codes(), wanted)
    }
  })

  for (const [name, grantControls, lacking, fitting, code] of [
    ['a compliant device', { operator: 'OR', builtInControls: ['compliantDevice'] }, {}, { compliantDevice: true }, 53000],
    [
      'a joined device',
      { operator: 'OR', builtInControls: ['domainJoinedDevice'] },
      { compliantDevice: true },
      { joinedDevice: true },
      53001,
    ],
    ['either device', { operator: 'OR', builtInControls: ['compliantDevice', 'domainJoinedDevice'] }, {}, { joinedDevice: true }, 53000],
    ['a second factor', { operator: 'OR', builtInControls: ['mfa'] }, { mfa: false }, { mfa: true }, 50076],
    ['what resists phishing', phishingResistant, { mfa: true }, { phishingResistant: true }, 50076],
    ['both', { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] }, { mfa: true }, { mfa: true, compliantDevice: true }, 53000],
    ['terms of use', { operator: 'OR', builtInControls: [], termsOfUse: ['t'] }, {}, { termsOfUse: true }, 50158],
  ] as const) {
    it(`ask for ${name}`, async () => {
      await policy({ grantControls })
      await bring(lacking)
      assert.deepEqual(await codes(), [code])
      await bring(fitting)
      assert.deepEqual(await codes(), [])
    })
  }

  it('end a sign-in that is older than they allow, at the next token', async () => {
    await policy({ sessionControls: { signInFrequency: { isEnabled: true, value: 1, type: 'hours', frequencyInterval: 'timeBased' } } })
    await bring({})
    assert.deepEqual(await codes(), [])
    await kit.control('PUT', '/clock', { offsetMs: 2 * 3_600_000 })
    assert.deepEqual(await codes(), [70043])
    await kit.control('PUT', '/clock', { offsetMs: 0 })
  })

  it('show a person on the pages why there is no way on, after the second step too', async () => {
    await policy({ grantControls: phishingResistant })
    await kit.control('PUT', '/sign-in', { evaluatePolicies: true, evidence: {} })
    const browser = new Browser()
    const asked = await browser.submit(await browser.open(authorizeUrl(kit, { scope: 'User.Read' })), { login: ADA })
    assert.match(asked.html, /value="approve"/)
    const answer = await browser.submit(asked, { decision: 'approve' })
    assert.match(answer.html, /AADSTS50076/)
    await bring({ phishingResistant: true })
    const back = await new Browser().signIn(authorizeUrl(kit, { scope: 'User.Read' }), ADA)
    assert.ok(back.searchParams.get('code'))
  })
})
