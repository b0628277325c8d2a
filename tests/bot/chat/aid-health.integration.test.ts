import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Person } from '../../../tools/stack/person.ts'
import { patient, scanAll, startChatStack, type ChatStack } from './chat-stack.ts'

const policies = '/tenants/contoso-demo/objects/identity/conditionalAccess/policies'
const locations = '/tenants/contoso-demo/objects/identity/conditionalAccess/namedLocations'
const office = '99999999-0000-4000-8000-000000000010'
/** Fulfils all four policies. */
const everything = { mfa: true, phishingResistant: true, compliantDevice: true, address: '198.51.100.7', country: 'FI' }
const others = { mfa: true, phishingResistant: true, compliantDevice: true, country: 'FI', address: '198.51.100.8' }
const checkedSchema = z.object({
  state: z.string(),
  detail: z.string().nullable(),
  reason: z.string().nullable(),
  policy: z.string().nullable(),
})

let stack: ChatStack
let ada: Person
let aidId: string

beforeAll(async () => {
  stack = await startChatStack()
  ada = await stack.ada()
  aidId = (await stack.person('aid')).aadObjectId
  await stack.chat.install()
  await stack.chat.ask('posture', ({ text, cards }) => text !== '' || cards.length > 0, patient)
  const { control } = stack.emulator
  await control('PUT', `${locations}/${office}`, {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    displayName: 'Data centre',
    isTrusted: false,
    ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '198.51.100.0/24' }],
  })
  const planted = z.object({ objects: z.array(z.looseObject({ id: z.string(), displayName: z.string() })) })
  const { objects } = planted.parse(await control('GET', policies))
  const [pattern] = objects
  if (!pattern) throw new Error('The tenant has no policy.')
  // What the tenant came with is not what this is about.
  for (const { id } of objects) await control('PATCH', `${policies}/${id}`, { state: 'disabled' })
  const users = { includeUsers: [aidId], excludeUsers: [], includeGroups: [], excludeGroups: [], includeRoles: [], excludeRoles: [] }
  const applications = {
    includeApplications: ['All'],
    excludeApplications: [],
    includeUserActions: [],
    includeAuthenticationContextClassReferences: [],
  }
  const open = {
    clientAppTypes: ['all'],
    userRiskLevels: [],
    signInRiskLevels: [],
    servicePrincipalRiskLevels: [],
    platforms: null,
    locations: null,
    devices: null,
    users,
    applications,
  }
  const grant = { operator: 'OR', builtInControls: [], customAuthenticationFactors: [], termsOfUse: [], authenticationStrength: null }
  const put = (place: number, displayName: string, changed: Readonly<Record<string, unknown>>): Promise<unknown> =>
    control('PUT', `${policies}/99999999-0000-4000-8000-00000000000${place}`, {
      ...pattern,
      id: `99999999-0000-4000-8000-00000000000${place}`,
      displayName,
      state: 'enabled',
      conditions: open,
      grantControls: null,
      sessionControls: null,
      ...changed,
    })
  const frequency = {
    isEnabled: true,
    value: 1,
    type: 'hours',
    authenticationType: 'primaryAndSecondaryAuthentication',
    frequencyInterval: 'timeBased',
  }
  await put(1, 'Hourly sign-in', { sessionControls: { signInFrequency: frequency } })
  await put(2, 'From the data centre', {
    conditions: { ...open, locations: { includeLocations: ['All'], excludeLocations: [office] } },
    grantControls: { ...grant, builtInControls: ['block'] },
  })
  await put(3, 'Managed devices', { grantControls: { ...grant, builtInControls: ['compliantDevice'] } })
  await put(4, 'Keys only', {
    grantControls: {
      ...grant,
      authenticationStrength: {
        id: '00000000-0000-0000-0000-000000000004',
        displayName: 'Phishing-resistant MFA',
        allowedCombinations: ['fido2'],
      },
    },
  })
  await bring({})
})
afterAll(async () => {
  await stack?.stop()
})

/** What the Aid brings to its sign-in; what is named differs from everything that is asked for. */
async function bring(changed: Readonly<Record<string, unknown>>): Promise<void> {
  const aid = `aid@${(await stack.person('aid')).userPrincipalName.split('@')[1]}`
  await stack.emulator.control('PUT', '/sign-in', {
    evaluatePolicies: true,
    evidence: { [aid]: { ...everything, ...changed }, '*': others },
  })
}
async function check(): Promise<z.infer<typeof checkedSchema>> {
  return checkedSchema.parse(await stack.call(ada, stack.origin, 'POST', '/api/aid/check', {}))
}

/** Messages by the policy that they name: what is told again would stand before what is told later. */
const told = new Map<string, ReadonlySet<string>>()

async function asBefore(): Promise<void> {
  await stack.emulator.control('PUT', '/clock', { offsetMs: 0 })
  await stack.emulator.control('PATCH', `/tenants/contoso-demo/objects/users/${aidId}`, { accountEnabled: true })
  await bring({})
  await check()
}

describe('the health of the Aid, before any scan', () => {
  afterEach(asBefore)

  it('no policy is named, and that is said', async () => {
    expect(await check()).toMatchObject({ state: 'connected', detail: null })
    await bring({ compliantDevice: false })
    const stopped = await check()
    expect(stopped).toMatchObject({ state: 'needsSignIn', reason: 'device', policy: null })
    expect(stopped.detail).toContain('No scan has read the policies of the tenant yet')
    await bring({})
    expect(await check()).toEqual({ state: 'connected', detail: null, reason: null, policy: null })
  })
})

describe('the health of the Aid, after a scan', () => {
  beforeAll(() => scanAll(stack, ada))
  afterEach(asBefore)

  it.each([
    {
      name: 'Hourly sign-in',
      reason: 'signInFrequency',
      how: 'asks for a new sign-in every 1 hour',
      async begin() {
        await stack.emulator.control('PUT', '/clock', { offsetMs: 2 * 3_600_000 })
      },
    },
    { name: 'From the data centre', reason: 'blocked', how: 'blocks outside Data centre', begin: () => bring({ address: '192.0.2.7' }) },
    { name: 'Managed devices', reason: 'device', how: 'asks for a managed device', begin: () => bring({ compliantDevice: false }) },
    {
      name: 'Keys only',
      reason: 'multiFactor',
      how: 'asks for a sign-in that resists phishing',
      begin: () => bring({ phishingResistant: false }),
    },
  ])('the policy $name stops it, is named, and the owner is told', async ({ name, reason, how, begin }) => {
    const before = stack.chat.messages().flatMap(({ id, text }) => (text.includes(`“${name}”`) ? [id] : []))
    const since = stack.chat.mark()
    await begin()
    const stopped = await check()
    // The bot's own token is good by the clock of the machine.
    await stack.emulator.control('PUT', '/clock', { offsetMs: 0 })
    expect(stopped).toMatchObject({ state: 'needsSignIn', reason, policy: name })
    expect(stopped.detail).toContain(`The policy is “${name}”, which ${how}.`)
    const message = await stack.chat.waitFor(({ text }) => text.includes('must sign in again'), { since, ...patient })
    expect(message.text).toContain(`“${name}”`)
    expect(message.text).toContain(`${stack.origin}/settings`)
    // The same state again is no news.
    await begin()
    expect(await check()).toMatchObject({ state: 'needsSignIn', policy: name })
    await stack.emulator.control('PUT', '/clock', { offsetMs: 0 })
    told.set(name, new Set([...before, message.id]))
    await bring({})
    expect(await check()).toMatchObject({ state: 'connected', policy: null })
  })

  it('a disabled account is told as such', async () => {
    const since = stack.chat.mark()
    await stack.emulator.control('PATCH', `/tenants/contoso-demo/objects/users/${aidId}`, { accountEnabled: false })
    expect(await check()).toMatchObject({ state: 'disabled', reason: 'disabled', policy: null })
    const message = await stack.chat.waitFor(({ text }) => text.includes('is disabled'), { since, ...patient })
    expect(message.text).toContain('nothing can be carried out')
    for (const [name, once] of told)
      expect(stack.chat.messages().filter(({ id, text }) => text.includes(`“${name}”`) && !once.has(id))).toEqual([])
    await stack.emulator.control('PATCH', `/tenants/contoso-demo/objects/users/${aidId}`, { accountEnabled: true })
    expect(await check()).toMatchObject({ state: 'connected' })
  })
})
