import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { FoundApplication, FoundPerson } from '../../assistant/find-objects.ts'
import { button, card, heading, row, small, type Part } from './parts.ts'

/** Several people fit: at most five, told apart by address and department. Picking one makes a proposal, nothing more. */
export function peoplePicker(people: readonly FoundPerson[], more: boolean): Part {
  return card(
    'Several people fit. Write the user principal name instead.',
    [
      heading('Which person?'),
      ...people.map((person, index) =>
        row(`${index + 1}. ${cleanName(person.displayName ?? person.userPrincipalName)}`, [
          cleanName(person.userPrincipalName),
          person.department ? cleanName(person.department) : '',
        ]),
      ),
      ...(more ? [small('More than five fit. If the one you mean is not here, write the user principal name.')] : []),
    ],
    people.map((person, index) => button(`Choose ${index + 1}`, 'disable-user', { userId: person.id })),
  )
}

export function applicationPicker(applications: readonly FoundApplication[], more: boolean): Part {
  return card(
    'Several applications fit. Write the application id instead.',
    [
      heading('Which application?'),
      ...applications.map((application, index) =>
        row(`${index + 1}. ${applicationName(application)}`, [`Application id ${application.appId}`]),
      ),
      ...(more ? [small('More than five fit. If the one you mean is not here, write its application id.')] : []),
    ],
    applications.map((application, index) => button(`Choose ${index + 1}`, 'secrets', { applicationId: application.id })),
  )
}

export type ExpiredSecret = FoundApplication['passwordCredentials'][number]

export function secretPicker(application: FoundApplication, secrets: readonly ExpiredSecret[], more: boolean): Part {
  return card(
    `Expired secrets of ${applicationName(application)}.`,
    [
      heading(`Expired secrets of ${applicationName(application)}`),
      small(`Application id ${application.appId}`),
      ...secrets.map((secret, index) =>
        row(`${index + 1}. ${secret.displayName ? cleanName(secret.displayName) : 'Without a name'}`, [
          `Ended on ${(secret.endDateTime ?? '').slice(0, 10)}${secret.hint ? `, begins with ${cleanName(secret.hint)}` : ''}`,
          `Key id ${secret.keyId}`,
        ]),
      ),
      ...(more ? [small('There are more. Remove these first, then ask again.')] : []),
    ],
    secrets.map((secret, index) => button(`Remove ${index + 1}`, 'remove-secret', { applicationId: application.id, keyId: secret.keyId })),
  )
}

export function applicationName({ displayName, appId }: Pick<FoundApplication, 'displayName' | 'appId'>): string {
  return cleanName(displayName ?? appId)
}
