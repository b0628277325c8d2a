import type { PeopleView, PersonLine } from '@countersign/core/api/people.ts'
import type { FilterChoice } from '../../layout/filters.tsx'

export const kindWords = { member: 'Member', guest: 'Guest', servicePrincipal: 'Application', group: 'Group' } as const satisfies Record<
  PersonLine['kind'],
  string
>

export const strengthWords = {
  phishingResistant: 'Resists phishing',
  mfa: 'Second factor',
  none: 'No second factor',
  notRead: 'Not read',
  notApplicable: '—',
} as const satisfies Record<PersonLine['methods']['strength'], string>

/** Names of sign-in methods, as Graph writes them, in words; another name is shown as it is. */
const methodWords: Readonly<Record<string, string>> = {
  fido2SecurityKey: 'Security key',
  passKeyDeviceBound: 'Passkey on a device',
  passKeyDeviceBoundAuthenticator: 'Passkey in Authenticator',
  passKeyDeviceBoundWindowsHello: 'Passkey in Windows Hello',
  passKeySynced: 'Synced passkey',
  windowsHelloForBusiness: 'Windows Hello',
  microsoftAuthenticatorPush: 'Authenticator',
  microsoftAuthenticatorPasswordless: 'Authenticator without password',
  softwareOneTimePasscode: 'Code from an app',
  hardwareOneTimePasscode: 'Code from a device',
  mobilePhone: 'Mobile phone',
  alternateMobilePhone: 'Second mobile phone',
  officePhone: 'Office phone',
  email: 'Mail address',
  temporaryAccessPass: 'Temporary access pass',
  securityQuestion: 'Security questions',
  x509Certificate: 'Certificate',
}

export function methodWord(name: string): string {
  return methodWords[name] ?? name
}

export const sourceWords = {
  accounts: 'Accounts',
  methods: 'Sign-in methods',
  signIns: 'Last sign-ins',
} as const satisfies Record<PeopleView['sources'][number]['source'], string>

/** Where a role holds. */
export function scopeWord(scope: string | null): string {
  if (scope === '/') return 'Whole tenant'
  if (scope === null) return 'Scope not said'
  return scope.startsWith('/administrativeUnits/') ? `Administrative unit ${scope.slice(21, 29)}` : `Object ${scope.slice(1, 9)}`
}

export const peopleFilters: readonly FilterChoice[] = [
  {
    name: 'tier',
    title: 'Reach of the role',
    any: 'Any reach',
    choices: [
      ['control', 'Control plane'],
      ['management', 'Management plane'],
      ['user', 'User plane'],
      ['none', 'No plane'],
    ],
  },
  {
    name: 'kind',
    title: 'Kind of holder',
    any: 'Any holder',
    choices: [
      ['member', 'Members'],
      ['guest', 'Guests only'],
      ['servicePrincipal', 'Applications'],
      ['group', 'Groups'],
    ],
  },
  {
    name: 'how',
    title: 'How it is held',
    any: 'Any way',
    choices: [
      ['permanent', 'Held permanently'],
      ['active', 'Held now'],
      ['eligible', 'Must be activated'],
      ['direct', 'Given directly'],
      ['group', 'Through a group'],
    ],
  },
  {
    name: 'methods',
    title: 'Sign-in methods',
    any: 'Any method',
    choices: [
      ['none', 'No second factor'],
      ['mfa', 'Second factor'],
      ['phishingResistant', 'Resists phishing'],
      ['notRead', 'Not read'],
    ],
  },
  {
    name: 'enabled',
    title: 'Account',
    any: 'Any account',
    choices: [
      ['yes', 'Enabled'],
      ['no', 'Disabled'],
    ],
  },
]
/** A role that the chart or a link narrows the list to: no choice of its own. */
export const roleFilter = 'role'

export const peopleOrders = ['tier', 'name', 'end', 'signIn'] as const
/** '-tier' is the service's order turned round. */
export function sortOf(order: string): Readonly<Record<string, string>> {
  const sort = peopleOrders.find((one) => one === order.replace('-', '')) ?? 'tier'
  return { sort, order: order.startsWith('-') ? 'reversed' : 'natural' }
}
