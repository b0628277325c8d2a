import { nearMissSchema, type NearMissView } from '@countersign/core/api/findings.ts'

/** A policy that leaves out a person and a group of two, and that passes once both are declared. */
export const nearMiss: NearMissView = nearMissSchema.parse({
  policyId: '6f1d2a33-0b7c-4f5e-9d21-8c4e5a6b7c80',
  policyName: 'Second factor for everybody',
  sentence:
    'The check would pass if these 2 exclusions of the policy Second factor for everybody were declared as exceptions: user Break glass 1, group Emergency access.',
  objects: [
    {
      kind: 'user',
      id: '2b8c1d4e-5f60-4a7b-8c9d-0e1f2a3b4c51',
      name: 'Break glass 1',
      detail: 'breakglass1@fabrikamnordic.example',
      declareAs: 'emergencyAccount',
    },
    { kind: 'group', id: '3c9d2e5f-6071-4b8c-9dae-1f2a3b4c5d62', name: 'Emergency access', detail: '2 people', declareAs: 'group' },
  ],
  changes: [],
  declaring: { isOffered: true, because: '', mayDeclare: true },
})

/** One that nobody may declare away in one step. */
export const guestsNearMiss: NearMissView = nearMissSchema.parse({
  ...nearMiss,
  objects: [
    {
      kind: 'guests',
      id: 'b2bCollaborationGuest',
      name: 'B2B collaboration guests',
      detail: 'b2bCollaborationGuest',
      declareAs: 'guestUserType',
    },
  ],
  declaring: {
    isOffered: false,
    because: 'B2B collaboration guests: whoever is invited belongs to it. Make a policy that covers them instead.',
    mayDeclare: true,
  },
})
