import { z } from 'zod'
import { defineAction } from '../action.ts'
import { holderSchema, nameOf } from '../plans/credentials.ts'
import { addOwner, ownersSchema, readOwners } from '../plans/owners.ts'
import { personFields, personSchema, personName, whyNotEligible } from '../plans/people.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

export const addAppOwner = defineAction({
  id: 'add-app-owner',
  title: 'Give an application an owner',
  proposalTitle: 'Give the application {name} an owner',
  why: 'An application without an owner has nobody who renews its secrets, answers for its permissions or says that it can go.',
  input: z.object({ applicationId: z.guid(), ownerId: z.guid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [
    { name: 'applicationId', title: 'Application', is: 'application' },
    { name: 'ownerId', title: 'New owner', is: 'user' },
  ],
  touches: ['application'],
  writeScopes: ['Application.ReadWrite.All', 'Directory.Read.All'],
  proofScopes: ['Directory.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'Countersign application owners',
    templateId: 'custom',
    actions: ['microsoft.directory/applications/owners/update'],
    because: 'A custom role with this one action; whoever is made an owner may add secrets to the application.',
    scope: 'object',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No application or person with the object id {id} exists in this tenant.',
    unreadable,
    alreadyOwner: '{owner} already owns {name}.',
    isAid: 'The Aid must not own applications: an owner may act as the application.',
    blocked: '{person} is blocked from signing in. Choose somebody who can look after it.',
    notMember: '{person} is a guest. Choose a member of the organisation.',
    mayActAsIt: '{owner} will be able to add secrets to {name}, and so act with all of its permissions.',
  },
  preStateFields: ['owners'],
  auditActivities: ['Add owner to application', 'Remove owner from application'],
  ifStolen: 'Make anybody the owner of any application, and through its secrets act as that application.',
  unconfirmed: null,
  undo: { possible: true, days: 30 },
  reads: ({ applicationId, ownerId }) => [
    { path: `/applications/${applicationId}?$select=id,appId,displayName` },
    readOwners(applicationId),
    { path: `/users/${ownerId}?$select=${personFields}` },
  ],
  plan({ applicationId, ownerId }, [answer, ownersAnswer, personAnswer], { aidId }) {
    const application = parseAnswer(holderSchema, answer, applicationId)
    if (application.kind === 'refused') return application
    const owners = parseAnswer(ownersSchema, ownersAnswer, applicationId)
    if (owners.kind === 'refused') return owners
    const person = parseAnswer(personSchema, personAnswer, ownerId)
    if (person.kind === 'refused') return person
    const { id, appId } = application.row
    const values = { name: nameOf(application.row), owner: personName(person.row) }
    if (person.row.id === aidId) return refuse('isAid')
    const unfit = whyNotEligible(person.row)
    if (unfit) return unfit
    const ids = owners.row.value.map((owner) => owner.id).sort()
    if (ids.includes(person.row.id)) return refuse('alreadyOwner', values)
    return planOne(
      { type: 'application', id, name: values.name, qualifier: appId },
      { field: 'owner', before: String(ids.length), after: `${ids.length + 1}, with ${values.owner} (${person.row.userPrincipalName})` },
      addOwner(id, person.row.id),
      { owners: ids },
      [{ reason: 'mayActAsIt', values }],
    )
  },
})
