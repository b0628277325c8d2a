import { blankGroup, blankUser } from './blank-rows.ts'
import type { RowSource } from './generated-rows.ts'
import { among, chosen, generated, guids, mix } from './large-source.ts'
import type { LargeScale } from './large.ts'
import { departments, familyNames, givenNames, places } from './names.ts'
import { localPart } from './people.ts'
import type { Planter } from './planter.ts'

const partners = ['fabrikam.example', 'tailspin.example', 'northwind.example', 'wingtip.example'] as const
const e5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06'

/** What each number of `mix` and `among` decides; two uses never share one. */
const use = {
  kind: 1,
  given: 2,
  family: 3,
  disabled: 4,
  synced: 5,
  created: 6,
  stale: 7,
  signedIn: 8,
  never: 9,
  department: 10,
  place: 11,
  licence: 12,
  password: 13,
  pending: 14,
  partner: 15,
  odd: 16,
  job: 17,
  policies: 18,
  group: 19,
  registered: 20,
  method: 21,
  groupKind: 22,
  groupName: 23,
  changedState: 24,
} as const

export interface LargePeople {
  readonly users: RowSource
  readonly groups: RowSource
  readonly memberships: RowSource
  readonly registrations: RowSource
}

/** The people of the tenant *large*, their groups and what they registered; every fact of a person follows from the index. */
export function largePeople(planter: Planter, scale: LargeScale, day: (days: number) => string): LargePeople {
  const { tenant } = planter
  const ids = guids(planter.id('generated/users'), scale.users)
  const plainGiven = givenNames.map((name) => localPart(name, '').slice(0, -1))
  const plainFamily = familyNames.map((name) => localPart('', name).slice(1))
  const at = `@${tenant.domain}`
  const external = `#EXT#@${planter.initialDomain}`

  const given = (index: number): number => mix(index, use.given) % givenNames.length
  const family = (index: number): number => mix(index, use.family) % familyNames.length
  const isGuest = (index: number): boolean => among(index, use.kind, 80)
  /** Shared mailboxes, kiosks and service accounts: their names begin with a digit or a sign. */
  const isOdd = (index: number): boolean => mix(index, use.kind) % 1000 >= 985
  const isEnabled = (index: number): boolean => !among(index, use.disabled, 50)
  const isSynced = (index: number): boolean => !isGuest(index) && !isOdd(index) && among(index, use.synced, 620)
  const isPending = (index: number): boolean => isGuest(index) && among(index, use.pending, 180)
  const createdDays = (index: number): number => 20 + (mix(index, use.created) % 2600)

  function local(index: number): string {
    const name = `${plainGiven[given(index)]}.${plainFamily[family(index)]}${index}`
    if (!isOdd(index)) return name
    const kind = mix(index, use.odd)
    if (kind % 10 < 6) return `${kind % 97}${name}`
    return `${['_', '~', '!', "'"][kind % 4]}${name}`
  }
  function upn(index: number): string {
    return isGuest(index) ? `${local(index)}_${chosen(index, use.partner, partners)}${external}` : local(index) + at
  }
  const displayName = (index: number): string => `${givenNames[given(index)]} ${familyNames[family(index)]}`

  function signInActivity(index: number): unknown {
    // Pending guests and one account in thirty were never used.
    if (isPending(index) || among(index, use.never, 33)) return null
    const staleDays = 91 + (mix(index, use.signedIn) % 700)
    const daysAgo = Math.min(createdDays(index), among(index, use.stale, 110) ? staleDays : 1 + (mix(index, use.signedIn) % 60))
    const moment = day(-daysAgo)
    const requestId = ids.id(index)
    return {
      lastSignInDateTime: moment,
      lastSignInRequestId: requestId,
      lastNonInteractiveSignInDateTime: moment,
      lastNonInteractiveSignInRequestId: requestId,
      lastSuccessfulSignInDateTime: moment,
      lastSuccessfulSignInRequestId: requestId,
    }
  }

  const memberOnly =
    (value: (index: number) => unknown) =>
    (index: number): unknown =>
      isGuest(index) ? null : value(index)
  const syncedOnly =
    (value: (index: number) => unknown) =>
    (index: number): unknown =>
      isSynced(index) ? value(index) : null
  const users = generated({
    size: scale.users,
    ids,
    blank: blankUser,
    properties: {
      userPrincipalName: upn,
      displayName,
      givenName: (index) => givenNames[given(index)],
      surname: (index) => familyNames[family(index)],
      accountEnabled: isEnabled,
      userType: (index) => (isGuest(index) ? 'Guest' : 'Member'),
      createdDateTime: (index) => day(-createdDays(index)),
      creationType: (index) => (isGuest(index) ? 'Invitation' : null),
      externalUserState: (index) => (isGuest(index) ? (isPending(index) ? 'PendingAcceptance' : 'Accepted') : null),
      externalUserStateChangeDateTime: (index) =>
        isGuest(index) ? day(-Math.max(1, createdDays(index) - (mix(index, use.changedState) % 14))) : null,
      mail: (index) => (isGuest(index) ? `${local(index)}@${chosen(index, use.partner, partners)}` : upn(index)),
      mailNickname: (index) => (isGuest(index) ? (upn(index).split('@')[0] ?? null) : local(index)),
      proxyAddresses: (index) => (isGuest(index) ? [] : [`SMTP:${upn(index)}`]),
      identities: (index) => [{ signInType: 'userPrincipalName', issuer: planter.initialDomain, issuerAssignedId: upn(index) }],
      companyName: (index) => (isGuest(index) ? (chosen(index, use.partner, partners).split('.')[0] ?? null) : null),
      department: memberOnly((index) => chosen(index, use.department, departments).name),
      jobTitle: memberOnly((index) => chosen(index, use.job, chosen(index, use.department, departments).jobs)),
      city: memberOnly((index) => chosen(index, use.place, places).city),
      country: memberOnly((index) => chosen(index, use.place, places).country),
      usageLocation: memberOnly((index) => chosen(index, use.place, places).code),
      employeeId: memberOnly((index) => String(1_000_000 + index)),
      // Most leavers keep their licence: it is paid for and forgotten.
      assignedLicenses: (index) =>
        isGuest(index) || isOdd(index) || (!isEnabled(index) && among(index, use.licence, 400)) ? [] : [{ disabledPlans: [], skuId: e5 }],
      passwordPolicies: (index) => (among(index, use.policies, 25) ? 'DisablePasswordExpiration' : null),
      lastPasswordChangeDateTime: (index) => day(-Math.min(createdDays(index), mix(index, use.password) % 800)),
      onPremisesSyncEnabled: (index) => (isSynced(index) ? true : null),
      onPremisesDomainName: syncedOnly(() => `corp.${tenant.domain}`),
      onPremisesSamAccountName: syncedOnly((index) => `u${index}`),
      onPremisesUserPrincipalName: syncedOnly(upn),
      onPremisesImmutableId: syncedOnly((index) => Buffer.from(ids.id(index)).toString('base64')),
      onPremisesLastSyncDateTime: syncedOnly(() => day(0)),
      onPremisesDistinguishedName: syncedOnly((index) => `CN=u${index},OU=Staff,DC=corp,DC=${tenant.name}`),
      signInActivity,
    },
    find(property, value) {
      if (property !== 'userPrincipalName') return undefined
      // The number at the end of the name is the index.
      const index = Number(/(\d{1,8})(?:_[a-z.]+#ext#)?@/.exec(value)?.[1] ?? '-1')
      return index >= 0 && index < scale.users && upn(index).toLowerCase() === value ? [index] : []
    },
  })

  const groupIds = guids(planter.id('generated/groups'), scale.groups)
  const isUnified = (index: number): boolean => among(index, use.groupKind, 420)
  const groupName = (index: number): string =>
    `${chosen(index, use.groupName, departments).name} ${chosen(index, use.place, places).city} ${index}`
  const groups = generated({
    size: scale.groups,
    ids: groupIds,
    blank: blankGroup,
    properties: {
      displayName: groupName,
      description: (index) => `Members work on ${groupName(index)}`,
      createdDateTime: (index) => day(-30 - (mix(index, use.created) % 2000)),
      groupTypes: (index) => (isUnified(index) ? ['Unified'] : []),
      mailEnabled: isUnified,
      securityEnabled: (index) => !isUnified(index),
      mailNickname: (index) => `group-${index}`,
      mail: (index) => (isUnified(index) ? `group-${index}${at}` : null),
      visibility: (index) => (isUnified(index) ? (mix(index, use.pending) % 5 === 0 ? 'Public' : 'Private') : null),
      onPremisesSyncEnabled: (index) => (!isUnified(index) && among(index, use.synced, 300) ? true : null),
    },
  })

  // Three people of four belong to one group.
  const members = scale.groups === 0 ? 0 : Math.floor(scale.users * 0.75)
  const groupOf = (index: number): string => groupIds.id(mix(index, use.group) % scale.groups)
  const memberships = generated({
    size: members,
    ids: {
      id: (index) => `${groupOf(index)}_${ids.id(index)}`,
      indexOf(id) {
        const index = ids.indexOf(id.slice(37))
        return index !== undefined && index < members && id.startsWith(groupOf(index)) ? index : undefined
      },
    },
    blank: { memberType: 'user' },
    properties: { groupId: groupOf, memberId: ids.id },
    find(property, value) {
      if (property !== 'memberId') return undefined
      const index = ids.indexOf(value)
      return index !== undefined && index < members ? [index] : []
    },
  })

  const isRegistered = (index: number): boolean => !isPending(index) && among(index, use.registered, 870)
  const methods = (index: number): string[] =>
    isRegistered(index)
      ? chosen(index, use.method, [
          ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'],
          ['mobilePhone'],
          ['microsoftAuthenticatorPush', 'mobilePhone'],
          ['windowsHelloForBusiness', 'microsoftAuthenticatorPush'],
          ['passKeyDeviceBound'],
          ['mobilePhone', 'email'],
        ])
      : []
  const isPasswordless = (index: number): boolean =>
    methods(index).some((method) => method === 'passKeyDeviceBound' || method === 'windowsHelloForBusiness')
  const registrations = generated({
    size: scale.users,
    ids,
    blank: {
      isAdmin: false,
      isSsprEnabled: true,
      isSystemPreferredAuthenticationMethodEnabled: true,
      systemPreferredAuthenticationMethods: [],
      userPreferredMethodForSecondaryAuthentication: 'none',
    },
    properties: {
      userPrincipalName: upn,
      userDisplayName: displayName,
      userType: (index) => (isGuest(index) ? 'guest' : 'member'),
      isMfaRegistered: isRegistered,
      isMfaCapable: isRegistered,
      isPasswordlessCapable: isPasswordless,
      isSsprRegistered: isRegistered,
      isSsprCapable: isRegistered,
      methodsRegistered: methods,
      lastUpdatedDateTime: () => day(-1),
    },
  })
  return { users, groups, memberships, registrations }
}
