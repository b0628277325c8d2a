import { getPerson, type PersonView } from '@countersign/core/api/people.ts'
import { personGraph } from '../../bot/src/http/views/person-graph.ts'
import { adminGroup, asOf, guid, hold, iso, personId, roles, rolloutGroup, sourcesRead, tomas } from './sample-people.ts'

export const onePerson: PersonView = getPerson.answer.parse({
  ...tomas,
  asOf,
  sources: sourcesRead,
  createdAt: iso(-500),
  rolesNotKnown: null,
  holds: tomas.holds.map((one, place) => ({ ...one, place })),
  graph: personGraph(tomas),
  groups: [
    { ...adminGroup, how: 'member', basis: 'roleGroupMembers/m1' },
    { ...rolloutGroup, how: 'mayJoin', basis: 'pimGroupEligibility/p1' },
  ],
  members: { listed: [], unlisted: 0 },
  owns: [
    {
      id: '7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af',
      name: 'Payroll Sync',
      through: 'application',
      score: 78,
      level: 'critical',
      basis: 'applicationOwners/x',
    },
  ],
  findings: [
    {
      ...{
        findingKey: `guest-holds-privileged-role:${personId}`,
        checkId: 'guests-without-privileged-roles',
        code: 'ROL-09',
        title: 'No guest holds a privileged role',
      },
      ...{
        severity: 'critical',
        because: 'Tomás Ruiz is a guest and holds Application Administrator',
        firstSeen: iso(-40),
        isSuppressed: false,
      },
      ...{ fix: { actionId: 'disable-user', title: 'Block a person from signing in' }, proposalId: null },
    },
  ],
  offers: [
    {
      actionId: 'disable-user',
      title: 'Block a person from signing in',
      about: '',
      input: { userId: personId },
      impact: 'normal',
      isOn: true,
    },
    {
      actionId: 'revoke-sessions',
      title: 'End all sessions of a person',
      about: '',
      input: { userId: personId },
      impact: 'normal',
      isOn: true,
    },
    { actionId: 'delete-guest', title: 'Delete a guest', about: '', input: { userId: personId }, impact: 'normal', isOn: false },
    {
      actionId: 'remove-role-assignment',
      title: 'Take a directory role away',
      about: '0',
      input: { assignmentId: 'a2' },
      impact: 'high',
      isOn: true,
    },
    {
      actionId: 'remove-group-member',
      title: 'Take a person out of a group',
      about: '1',
      input: { groupId: adminGroup.id, memberId: personId },
      impact: 'normal',
      isOn: true,
    },
    {
      actionId: 'end-eligible-role',
      title: 'End a role that a person may activate',
      about: '2',
      input: { principalId: personId, roleDefinitionId: roles[1].roleId, directoryScopeId: '/' },
      impact: 'high',
      isOn: false,
    },
  ],
})

/** A group with members instead of methods. */
export const oneGroup: PersonView = {
  ...onePerson,
  ...{ id: adminGroup.id, name: adminGroup.name, userPrincipalName: '', kind: 'group', isEnabled: null, lastSignIn: null, createdAt: null },
  methods: { strength: 'notApplicable', names: [] },
  holds: [{ ...hold(0), place: 0 }],
  graph: personGraph({ id: adminGroup.id, name: adminGroup.name, kind: 'group', holds: [hold(0)] }),
  groups: [],
  members: {
    listed: [
      { id: guid(3, 2), name: 'Ida Holm', how: 'owner', basis: 'roleGroupOwners/o1' },
      { id: guid(3, 2), name: 'Ida Holm', how: 'member', basis: 'roleGroupMembers/m3' },
      { id: personId, name: 'Tomás Ruiz', how: 'member', basis: 'roleGroupMembers/m1' },
    ],
    unlisted: 12,
  },
  owns: [],
  findings: [],
  offers: [],
}

/** Somebody without any role. */
export const plainPerson: PersonView = {
  ...onePerson,
  kind: 'member',
  holds: [],
  graph: { nodes: [], edges: [] },
  groups: [],
  owns: [],
  findings: [],
  offers: [],
}
