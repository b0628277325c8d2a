import { departments, familyNames, givenNames, places } from './names.ts'
import type { Planter } from './planter.ts'
import { pick } from './random.ts'
import type { Row } from './tenant.ts'

/** A user principal name's local part: letters of the name without marks, then what keeps it unique. */
export function localPart(given: string, family: string): string {
  const plain = `${given}.${family}`
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f’' ]/g, '')
  return plain
    .replaceAll('ı', 'i')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('ð', 'd')
    .replaceAll('ş', 's')
    .replaceAll('æ', 'ae')
}

export interface PlainPerson {
  readonly key: string
  readonly displayName: string
  readonly jobTitle: string
  readonly department: string
  readonly why: string
}

/** A person whom demonstrations and tests know by name; `why` says what they are planted for and stays in the generator. */
export function namedPerson(planter: Planter, person: PlainPerson, properties: Readonly<Record<string, unknown>> = {}): Row {
  const [givenName = person.displayName, ...rest] = person.displayName.split(' ')
  return planter.user(person.key, {
    displayName: person.displayName,
    givenName,
    surname: rest.join(' ') || null,
    jobTitle: person.jobTitle,
    department: person.department,
    createdDateTime: planter.inDays(-700),
    lastPasswordChangeDateTime: planter.inDays(-60),
    usageLocation: 'PT',
    preferredLanguage: 'en',
    city: 'Lisbon',
    country: 'Portugal',
    signInActivity: lastSignIn(planter, 1),
    ...properties,
  })
}

/** When somebody last signed in, so many days ago. */
export function lastSignIn(planter: Planter, daysAgo: number): Record<string, unknown> {
  const at = planter.inDays(-daysAgo)
  return {
    lastSignInDateTime: at,
    lastSignInRequestId: planter.id(`sign-in/${daysAgo}`),
    lastNonInteractiveSignInDateTime: at,
    lastNonInteractiveSignInRequestId: planter.id(`sign-in/${daysAgo}/quiet`),
    lastSuccessfulSignInDateTime: at,
    lastSuccessfulSignInRequestId: planter.id(`sign-in/${daysAgo}`),
  }
}

/**
 * Ordinary staff. Every eighth is synced from Active Directory (the card must warn that a cloud-only change may be undone),
 * every nineteenth is disabled (leavers), every sixteenth has not signed in for months (stale members).
 */
export function plantStaff(planter: Planter, count: number, syncedDomain: string | undefined): Row[] {
  const { random, inDays, tenant } = planter
  const taken = new Set<string>()
  const staff: Row[] = []
  for (let index = 0; index < count; index += 1) {
    const given = pick(random, givenNames),
      family = pick(random, familyNames),
      department = pick(random, departments),
      place = pick(random, places)
    const plain = localPart(given, family)
    const local = taken.has(plain) ? `${plain}${index}` : plain
    taken.add(local)
    const synced = syncedDomain !== undefined && index % 8 === 3
    const since = 30 + Math.floor(random() * 1500)
    staff.push(
      planter.user(local, {
        displayName: `${given} ${family}`,
        givenName: given,
        surname: family,
        department: department.name,
        jobTitle: pick(random, department.jobs),
        city: place.city,
        country: place.country,
        usageLocation: place.code,
        officeLocation: `${place.city} ${1 + Math.floor(random() * 5)}F`,
        accountEnabled: index % 19 !== 7,
        createdDateTime: inDays(-since),
        lastPasswordChangeDateTime: inDays(-Math.floor(random() * since)),
        employeeId: String(10_000 + index),
        signInActivity: lastSignIn(planter, index % 16 === 5 ? 120 + Math.floor(random() * 200) : 1 + Math.floor(random() * 20)),
        mobilePhone: index % 3 === 0 ? `+351 912 ${String(100_000 + index).slice(0, 3)} ${String(100_000 + index).slice(3)}` : null,
        ...(synced
          ? {
              onPremisesSyncEnabled: true,
              onPremisesDomainName: syncedDomain,
              onPremisesSamAccountName: local.slice(0, 20),
              onPremisesUserPrincipalName: `${local}@${tenant.domain}`,
              onPremisesImmutableId: Buffer.from(planter.id(`anchor/${local}`)).toString('base64'),
              onPremisesLastSyncDateTime: inDays(-0.02),
              onPremisesDistinguishedName: `CN=${local},OU=Staff,DC=corp,DC=${tenant.name}`,
            }
          : {}),
      }),
    )
  }
  return staff
}

/** Guests from partner companies; every fifth never accepted the invitation (old pending invitations). */
export function plantGuests(planter: Planter, count: number): Row[] {
  const { random, inDays } = planter
  const guests: Row[] = []
  for (let index = 0; index < count; index += 1) {
    const given = pick(random, givenNames),
      family = pick(random, familyNames),
      partner = pick(random, ['fabrikam.example', 'tailspin.example', 'northwind.example'])
    const local = `${localPart(given, family)}${index}`
    const pending = index % 5 === 4
    guests.push(
      planter.user(`guest/${local}`, {
        displayName: `${given} ${family}`,
        givenName: given,
        surname: family,
        userType: 'Guest',
        creationType: 'Invitation',
        userPrincipalName: `${local}_${partner}#EXT#@${planter.initialDomain}`,
        mail: `${local}@${partner}`,
        otherMails: [`${local}@${partner}`],
        companyName: partner.split('.')[0] ?? null,
        externalUserState: pending ? 'PendingAcceptance' : 'Accepted',
        externalUserStateChangeDateTime: inDays(-40 - index * 7),
        createdDateTime: inDays(-41 - index * 7),
        signInActivity: pending ? null : lastSignIn(planter, 3 + index * 6),
      }),
    )
  }
  return guests
}
