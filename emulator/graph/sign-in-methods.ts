import { createHash } from 'node:crypto'
import { text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { readRow } from './view.ts'
import type { View } from './view.ts'

/** Who registered what; what the service would answer per method is made from it, so that both always agree. */
export const REGISTRATIONS = 'reports/authenticationMethods/userRegistrationDetails'

type MethodKind =
  'phone' | 'microsoftAuthenticator' | 'fido2' | 'softwareOath' | 'temporaryAccessPass' | 'email' | 'windowsHelloForBusiness'

/** One method of a person, and the names in the registration report that stand for it. */
interface SignInMethod {
  readonly kind: MethodKind
  readonly row: Row
  readonly reported: readonly string[]
}

interface Shape {
  readonly kind: MethodKind
  readonly reported: readonly string[]
  /** Where the service gives everybody's method the same id (https://learn.microsoft.com/graph/api/resources/phoneauthenticationmethod). */
  readonly id?: string
  readonly properties: (seed: Buffer, user: Row, createdDateTime: string) => Readonly<Record<string, unknown>>
}

const phoneOf = (phoneType: string) => (seed: Buffer, user: Row) => ({
  phoneNumber: text(user, 'mobilePhone') ?? `+351 912${String(100_000 + (seed.readUInt32BE(4) % 900_000))}`,
  phoneType,
  smsSignInState: 'notAllowedByPolicy',
})

const shapes: readonly Shape[] = [
  { kind: 'phone', reported: ['mobilePhone'], id: '3179e48a-750b-4051-897c-87b9720928f7', properties: phoneOf('mobile') },
  { kind: 'phone', reported: ['alternateMobilePhone'], id: 'b6332ec1-7057-4abe-9331-3d72feddfe41', properties: phoneOf('alternateMobile') },
  { kind: 'phone', reported: ['officePhone'], id: 'e37fc753-ff3b-4958-9484-eaa9425c82bc', properties: phoneOf('office') },
  {
    kind: 'microsoftAuthenticator',
    reported: ['microsoftAuthenticatorPush', 'microsoftAuthenticatorPasswordless'],
    properties: () => ({ displayName: 'Phone', deviceTag: 'SoftwareTokenActivated', phoneAppVersion: '6.2511.7533' }),
  },
  {
    kind: 'fido2',
    reported: ['fido2SecurityKey', 'passKeyDeviceBound'],
    properties: () => ({
      displayName: 'Security key',
      aaGuid: '2fc0579f-8113-47ea-b116-bb5a8db9202a',
      model: 'YubiKey 5 Series with NFC',
      attestationCertificates: [],
      attestationLevel: 'attested',
      passkeyType: 'deviceBound',
    }),
  },
  { kind: 'softwareOath', reported: ['softwareOneTimePasscode'], properties: () => ({ secretKey: null }) },
  {
    kind: 'temporaryAccessPass',
    reported: ['temporaryAccessPass'],
    properties: (_seed, _user, createdDateTime) => ({
      temporaryAccessPass: null,
      startDateTime: createdDateTime,
      lifetimeInMinutes: 60,
      isUsableOnce: true,
      isUsable: false,
      methodUsabilityReason: 'Expired',
    }),
  },
  {
    kind: 'email',
    reported: ['email'],
    id: '3ddfcfc8-9383-446f-83cc-3ab9be4be18f',
    properties: (_seed, user) => ({ emailAddress: `${(text(user, 'userPrincipalName') ?? '').split('@')[0] ?? ''}@private.example` }),
  },
  {
    kind: 'windowsHelloForBusiness',
    reported: ['windowsHelloForBusiness'],
    properties: () => ({ displayName: 'Laptop', keyStrength: 'normal' }),
  },
]

/** The methods that a person has registered, passwords apart. */
export function signInMethods(view: View, userId: string): SignInMethod[] {
  const user = readRow(view, 'users', userId)
  const names = registered(readRow(view, REGISTRATIONS, userId))
  if (!user) return []
  return shapes.flatMap(({ kind, reported, id, properties }) => {
    if (!reported.some((name) => names.includes(name))) return []
    const seed = createHash('sha256').update(`${userId}/${kind}`).digest()
    const createdDateTime = text(user, 'createdDateTime') ?? '2024-01-01T00:00:00Z'
    return [{ kind, reported, row: { id: id ?? guidFrom(seed), createdDateTime, ...properties(seed, user, createdDateTime) } }]
  })
}

function registered(details: Row | undefined): string[] {
  const names = details?.['methodsRegistered']
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : []
}

function guidFrom(seed: Buffer): string {
  const hex = seed.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** What the list of one kind answers. */
export function methodsOfKind(kind: MethodKind): (view: View, userId: string) => Row[] {
  return (view, userId) =>
    signInMethods(view, userId)
      .filter((method) => method.kind === kind)
      .map((method) => method.row)
}

/** What `/authentication/methods` answers: all kinds, and the password that everybody has. */
export function allMethods(view: View, userId: string): Row[] {
  const user = readRow(view, 'users', userId)
  if (!user) return []
  return [
    {
      '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
      id: '28c10230-6103-485e-b985-444c60001490',
      password: null,
      createdDateTime: text(user, 'lastPasswordChangeDateTime') ?? text(user, 'createdDateTime') ?? null,
    },
    ...signInMethods(view, userId).map(({ kind, row }): Row => ({ '@odata.type': `#microsoft.graph.${kind}AuthenticationMethod`, ...row })),
  ]
}

const passwordless = ['fido2SecurityKey', 'passKeyDeviceBound', 'windowsHelloForBusiness', 'microsoftAuthenticatorPasswordless']

/** The registration details of a person without a method. */
export function withoutMethod(details: Row, method: SignInMethod, moment: string): Row {
  const methodsRegistered = registered(details).filter((name) => !method.reported.includes(name))
  const hasSecond = methodsRegistered.some((name) => name !== 'email')
  const preferred = methodsRegistered.includes('microsoftAuthenticatorPush') ? 'push' : hasSecond ? 'sms' : 'none'
  return {
    ...details,
    methodsRegistered,
    isMfaRegistered: hasSecond,
    isMfaCapable: hasSecond,
    isSsprRegistered: hasSecond,
    isSsprCapable: hasSecond,
    isPasswordlessCapable: methodsRegistered.some((name) => passwordless.includes(name)),
    systemPreferredAuthenticationMethods: methodsRegistered.includes('fido2SecurityKey')
      ? ['Fido2']
      : hasSecond
        ? ['PhoneAppNotification']
        : [],
    userPreferredMethodForSecondaryAuthentication: preferred,
    lastUpdatedDateTime: moment,
  }
}
