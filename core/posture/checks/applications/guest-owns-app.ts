import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { overRows, registrationsPage } from '../../rules/application-objects.ts'

export const guestOwnsApp = defineCheck({
  id: 'guest-owns-app',
  code: 'APP-19',
  area: 'applications',
  severity: 'high',
  title: 'No guest owns an application',
  failTitle: '{count, plural, one {One guest owns} other {Guests own}} an application',
  why: 'An owner may add a credential and sign in as the application. A guest signs in with an account that another organisation looks after, and often stays on after the work is done.',
  reasons: {
    none: 'No application is owned by a guest.',
    some: 'Guests own applications, in {count, plural, one {# case} other {# cases}}.',
  },
  objectReason: 'The guest {owner} owns it and may add credentials to it.',
  remediation: ['Make a member of your organisation the owner.', 'Then remove the guest from the owners.'],
  portal: registrationsPage,
  frameworks: { zeroTrust: ['21868'] },

  each: ['applicationOwnership'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const { type, id, name, basis } = row
    return row.owners
      .filter(({ guest }) => guest)
      .map((owner) => ({ verdict: 'fail', object: { type, id, name, part: owner.id, values: { owner: owner.name }, basis: [basis] } }))
  },
})
