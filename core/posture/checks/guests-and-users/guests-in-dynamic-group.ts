import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'

export const guestsInDynamicGroup = defineCheck({
  id: 'guests-in-dynamic-group',
  code: 'GU-07',
  area: 'guestsAndUsers',
  severity: 'low',
  licence: 'p1',
  title: 'A group gathers all guests by itself',
  failTitle: 'No group gathers all guests by itself',
  why: 'With such a group, rules and reviews for guests apply to each new guest at once, without anybody having to remember it.',
  reasons: {
    there: '{groups, plural, one {# group takes} other {# groups take}} guests in by a rule that is switched on.',
    paused: 'A group has a rule that takes guests in, but the rule is paused.',
    some: 'A group has a rule that takes guests in, but only some of them.',
    none: 'No group has a rule that takes in whoever is a guest.',
  },
  objectReason: 'Has a rule for guests that is paused, or is about some of them only.',
  remediation: [
    'Make a dynamic security group with the rule (user.userType -eq "Guest").',
    'Use the group in Conditional Access policies and access reviews.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupsManagementMenuBlade/~/AllGroups',
  frameworks: { attack: ['T1078.004'] },

  needs: ['guestGroups'],
  judge({ guestGroups }) {
    const basis = [factKey('groups', '')]
    const running = guestGroups.filter(({ isRunning, takesAll }) => isRunning && takesAll)
    if (running.length > 0) return { verdict: 'pass', reason: 'there', values: { groups: running.length }, basis }
    const objects = guestGroups.map(({ id, name }) => ({ type: 'group', id, name, basis: [factKey('groups', id)] }) as const)
    const reason = guestGroups.some(({ isRunning }) => isRunning) ? 'some' : objects.length > 0 ? 'paused' : 'none'
    return { verdict: 'fail', reason, values: {}, objects, basis }
  },
})
