import type { Grant, RawPolicy, Session } from './raw-policy.ts'
import type { About } from './reference-evaluator.ts'
import { ids } from './reference-tenant.ts'
import type { Device, Place } from './reference-tenant.ts'

type Test = (policy: RawPolicy) => boolean

/** What a check promises where it passes, in the words of the sign-ins that it is about. */
export interface Pledge {
  readonly about: About
  readonly action?: string
  /** Each must be asked for at each of these sign-ins, unless it is blocked. */
  readonly demands: readonly Test[]
  /** One policy that names the matter is needed: a check does not take a policy that happens to cover it, such as a block of everything, for one. */
  readonly names: Test
}
export interface ReferenceCheck extends Pledge {
  readonly id: string
  /** Verdict where this weaker promise is kept and the first is not; by baseline. */
  readonly fallback?: Pledge & { readonly verdict: (baseline: string) => 'pass' | 'warn' }
  /** Other levels by baseline. */
  readonly byBaseline?: (baseline: string) => Partial<Pledge>
  /** Makes a plain policy one that the check looks for. */
  readonly recipe: (policy: RawPolicy) => RawPolicy
}

const resistant = ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor']
const strong = [...resistant, 'password,microsoftAuthenticatorPush', 'password,sms']

export const grants = {
  block: { operator: 'OR', builtInControls: ['block'] },
  mfa: { operator: 'OR', builtInControls: ['mfa'] },
  mfaOrDevice: { operator: 'OR', builtInControls: ['mfa', 'compliantDevice'] },
  mfaAndDevice: { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] },
  device: { operator: 'OR', builtInControls: ['compliantDevice', 'domainJoinedDevice'] },
  compliant: { operator: 'OR', builtInControls: ['compliantDevice'] },
  resistant: { operator: 'OR', builtInControls: [], authenticationStrength: { id: 'r', allowedCombinations: resistant } },
  strong: { operator: 'OR', builtInControls: [], authenticationStrength: { id: 's', allowedCombinations: strong } },
  weak: { operator: 'OR', builtInControls: [], authenticationStrength: { id: 'w', allowedCombinations: ['password', 'fido2'] } },
  newPassword: { operator: 'AND', builtInControls: ['mfa', 'passwordChange'] },
} satisfies Readonly<Record<string, Grant>>

const everyTime = { isEnabled: true, type: null, value: null, frequencyInterval: 'everyTime' }
const each = (value: number, type: string) => ({ isEnabled: true, type, value, frequencyInterval: 'timeBased' })
export const sessions = {
  everyTime: { signInFrequency: everyTime },
  hours: { signInFrequency: each(4, 'hours') },
  month: { signInFrequency: each(30, 'days') },
  forget: { persistentBrowser: { isEnabled: true, mode: 'never' } },
  remember: { persistentBrowser: { isEnabled: true, mode: 'always' } },
  hoursAndForget: { signInFrequency: each(4, 'hours'), persistentBrowser: { isEnabled: true, mode: 'never' } },
  restricted: { applicationEnforcedRestrictions: { isEnabled: true } },
  bound: { secureSignInSession: { isEnabled: true } },
} satisfies Readonly<Record<string, Session>>

/** What every way through a policy asks for. */
const asks =
  (...wanted: readonly string[]): Test =>
  ({ grantControls: grant }) => {
    if (!grant) return false
    const offers = [
      ...grant.builtInControls,
      ...(grant.authenticationStrength ? [kindOf(grant.authenticationStrength.allowedCombinations)] : []),
    ]
    const fits = (offer: string): boolean => wanted.includes(offer)
    return grant.operator === 'AND' ? offers.some(fits) : offers.length > 0 && offers.every(fits)
  }
function kindOf(combinations: readonly string[]): string {
  if (combinations.every((one) => resistant.includes(one))) return 'resistant'
  return combinations.every((one) => strong.includes(one)) ? 'strong' : 'weak'
}
export const blocks = asks('block')
const mfa = asks('mfa', 'strong', 'resistant')
const phishing = asks('resistant')
const managed = asks('compliantDevice', 'domainJoinedDevice')
const theTwo: Test = (policy) =>
  managed(policy) && policy.grantControls?.operator === 'OR' && policy.grantControls.builtInControls.length === 2
const within4: Test = ({ sessionControls }) =>
  sessionControls?.signInFrequency !== undefined && sessionControls.signInFrequency.type !== 'days'
const ends: Test = ({ sessionControls }) => sessionControls?.signInFrequency !== undefined
const forgets: Test = ({ sessionControls }) => sessionControls?.persistentBrowser?.mode === 'never'
const always: Test = ({ sessionControls }) => sessionControls?.signInFrequency?.frequencyInterval === 'everyTime'
const both =
  (...tests: readonly Test[]): Test =>
  (policy) =>
    tests.every((test) => test(policy))

const isPrivileged = ({ roles }: { readonly roles: ReadonlySet<string> }): boolean => roles.has('r1') || roles.has('r2')
const isUnmanaged = ({ compliant, trust }: Device): boolean => !compliant && trust !== 'ServerAD'
const isUnnamed = ({ named, trusted }: Place): boolean => named.size === 0 && !trusted
const isApplication =
  (...wanted: readonly string[]): NonNullable<About['target']> =>
  (target) =>
    typeof target !== 'string' && wanted.includes(target.id)
const has =
  (...risks: readonly string[]) =>
  (risk: string): boolean =>
    risks.includes(risk)
const reaches =
  (...wanted: readonly string[]): Test =>
  ({ conditions: { applications } }) =>
    applications.includeApplications.some((id) => id === 'All' || wanted.includes(id))
const forAction =
  (action: string): Test =>
  ({ conditions: { applications } }) =>
    applications.includeUserActions.includes(action)

/** Everywhere without exception is no condition, and such a policy is not about places or platforms. */
const exceptSomePlaces: Test = ({ conditions: { locations } }) =>
  locations?.includeLocations.includes('All') === true && locations.excludeLocations.length > 0
const exceptSomePlatforms: Test = ({ conditions: { platforms } }) =>
  platforms?.includePlatforms.includes('all') === true && platforms.excludePlatforms.length > 0

const asking =
  (grant: Grant | null, session: Session | null = null, conditions: Partial<RawPolicy['conditions']> = {}) =>
  (policy: RawPolicy): RawPolicy => ({
    ...policy,
    grantControls: grant,
    sessionControls: session,
    conditions: { ...policy.conditions, ...conditions },
  })
const only = (policy: RawPolicy, change: Partial<RawPolicy['conditions']['applications']>): RawPolicy => ({
  ...policy,
  conditions: { ...policy.conditions, applications: { ...policy.conditions.applications, includeApplications: [], ...change } },
})
const registration = 'urn:user:registersecurityinfo'
const joining = 'urn:user:registerdevice'
const high = ['high']

export const referenceChecks: readonly ReferenceCheck[] = [
  {
    id: 'legacy-authentication-blocked',
    about: { client: has('exchangeActiveSync', 'other') },
    demands: [blocks],
    names: (policy) =>
      blocks(policy) && policy.conditions.clientAppTypes.some((client) => ['exchangeActiveSync', 'other'].includes(client)),
    recipe: asking(grants.block, null, { clientAppTypes: ['exchangeActiveSync', 'other'] }),
  },
  {
    id: 'high-user-risk-blocked',
    about: { userRisk: has('high') },
    demands: [blocks],
    names: (policy) => blocks(policy) && policy.conditions.userRiskLevels.includes('high'),
    fallback: {
      about: { userRisk: has('high') },
      demands: [both(mfa, asks('passwordChange'), always, (policy) => policy.conditions.userRiskLevels.includes('high'))],
      names: both(mfa, asks('passwordChange'), always, (policy) => policy.conditions.userRiskLevels.includes('high')),
      verdict: (baseline) => (baseline === 'cis' ? 'pass' : 'warn'),
    },
    recipe: asking(grants.block, null, { userRiskLevels: high }),
  },
  {
    id: 'high-sign-in-risk-blocked',
    about: { signInRisk: has('high') },
    demands: [blocks],
    names: (policy) => blocks(policy) && policy.conditions.signInRiskLevels.includes('high'),
    byBaseline: (baseline) =>
      baseline === 'cis'
        ? {
            about: { signInRisk: has('high', 'medium') },
            names: (policy) => blocks(policy) && policy.conditions.signInRiskLevels.some(has('high', 'medium')),
          }
        : {},
    recipe: asking(grants.block, null, { signInRiskLevels: ['medium', 'high'] }),
  },
  { id: 'phishing-resistant-for-everybody', about: {}, demands: [phishing], names: phishing, recipe: asking(grants.resistant) },
  { id: 'second-factor-for-everybody', about: {}, demands: [mfa], names: mfa, recipe: asking(grants.mfa) },
  {
    id: 'phishing-resistant-for-privileged-roles',
    about: { person: isPrivileged },
    demands: [phishing],
    names: phishing,
    recipe: asking(grants.resistant),
  },
  { id: 'second-factor-for-administrators', about: { person: isPrivileged }, demands: [mfa], names: mfa, recipe: asking(grants.strong) },
  {
    id: 'second-factor-for-guests',
    about: { person: ({ guest }) => guest !== null },
    demands: [mfa],
    names: mfa,
    recipe: asking(grants.mfa),
  },
  {
    id: 'second-factor-for-azure-management',
    about: { target: isApplication(ids.azure) },
    demands: [mfa],
    names: both(mfa, reaches(ids.azure)),
    recipe: (policy) => only(asking(grants.mfa)(policy), { includeApplications: [ids.azure] }),
  },
  {
    id: 'managed-device-required',
    about: {},
    demands: [theTwo],
    names: theTwo,
    fallback: { about: {}, demands: [managed], names: managed, verdict: () => 'warn' },
    recipe: asking(grants.device),
  },
  {
    id: 'managed-device-for-security-info',
    about: {},
    action: registration,
    demands: [managed],
    names: both(managed, forAction(registration)),
    fallback: {
      about: { place: ({ trusted }) => !trusted },
      action: registration,
      demands: [blocks],
      names: both(blocks, forAction(registration), exceptSomePlaces),
      verdict: () => 'warn',
    },
    recipe: (policy) => only(asking(grants.device)(policy), { includeUserActions: [registration] }),
  },
  {
    id: 'device-code-flow-blocked',
    about: { flow: has('deviceCodeFlow') },
    demands: [blocks],
    names: (policy) => blocks(policy) && policy.conditions.authenticationFlows?.transferMethods.includes('deviceCodeFlow') === true,
    recipe: asking(grants.block, null, { authenticationFlows: { transferMethods: 'deviceCodeFlow' } }),
  },
  {
    id: 'authentication-transfer-blocked',
    about: { flow: has('authenticationTransfer') },
    demands: [blocks],
    names: (policy) => blocks(policy) && policy.conditions.authenticationFlows?.transferMethods.includes('authenticationTransfer') === true,
    recipe: asking(grants.block, null, { authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' } }),
  },
  {
    id: 'second-factor-to-join-devices',
    about: {},
    action: joining,
    demands: [mfa],
    names: both(mfa, forAction(joining)),
    recipe: (policy) => only(asking(grants.mfa)(policy), { includeUserActions: [joining] }),
  },
  {
    id: 'administrators-sign-in-often',
    about: { person: isPrivileged },
    demands: [within4, forgets],
    names: both(within4, forgets),
    recipe: asking(null, sessions.hoursAndForget),
  },
  {
    id: 'sessions-end',
    about: { device: isUnmanaged, client: has('browser', 'mobileAppsAndDesktopClients') },
    demands: [ends],
    names: ends,
    recipe: asking(null, sessions.month),
  },
  {
    id: 'enrolment-every-time',
    about: { target: isApplication(ids.enrolment) },
    demands: [both(mfa, always)],
    names: both(mfa, always, reaches(ids.enrolment)),
    recipe: (policy) => only(asking(grants.mfa, sessions.everyTime)(policy), { includeApplications: [ids.enrolment] }),
  },
  {
    id: 'browsers-forget',
    about: { device: isUnmanaged, client: has('browser') },
    demands: [forgets],
    names: forgets,
    recipe: asking(null, sessions.forget, {
      devices: { deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True -or device.trustType -eq "ServerAD"' } },
    }),
  },
  {
    id: 'unknown-platforms-blocked',
    about: { platform: has('somethingElse') },
    demands: [blocks],
    names: both(blocks, exceptSomePlatforms),
    recipe: asking(grants.block, null, {
      platforms: { includePlatforms: ['all'], excludePlatforms: ['windows', 'macOS', 'iOS', 'android'] },
    }),
  },
  {
    id: 'foreign-places-blocked',
    about: { place: isUnnamed },
    demands: [blocks],
    names: both(blocks, exceptSomePlaces),
    recipe: asking(grants.block, null, { locations: { includeLocations: ['All'], excludeLocations: ['l1', 'AllTrusted'] } }),
  },
  {
    id: 'tokens-protected',
    about: { target: isApplication(ids.exchange, ids.sharePoint), platform: has('windows'), client: has('mobileAppsAndDesktopClients') },
    demands: [({ sessionControls }) => sessionControls?.secureSignInSession?.isEnabled === true],
    names: both(
      ({ sessionControls }) => sessionControls?.secureSignInSession?.isEnabled === true,
      reaches('Office365', ids.exchange, ids.sharePoint),
    ),
    recipe: (policy) =>
      only(
        asking(null, sessions.bound, {
          platforms: { includePlatforms: ['windows'], excludePlatforms: [] },
          clientAppTypes: ['mobileAppsAndDesktopClients'],
        })(policy),
        { includeApplications: [ids.exchange, ids.sharePoint] },
      ),
  },
  {
    id: 'unmanaged-devices-limited',
    about: { target: (target) => typeof target !== 'string' && target.names.has('Office365'), device: isUnmanaged, client: has('browser') },
    demands: [({ sessionControls }) => sessionControls?.applicationEnforcedRestrictions?.isEnabled === true],
    names: both(({ sessionControls }) => sessionControls?.applicationEnforcedRestrictions?.isEnabled === true, reaches('Office365')),
    recipe: (policy) => only(asking(null, sessions.restricted)(policy), { includeApplications: ['Office365'] }),
  },
  {
    id: 'insider-risk-blocked',
    about: { insiderRisk: has('elevated') },
    demands: [blocks],
    names: (policy) => blocks(policy) && policy.conditions.insiderRiskLevels?.split(',').includes('elevated') === true,
    recipe: asking(grants.block, null, { insiderRiskLevels: 'moderate,elevated' }),
  },
]
