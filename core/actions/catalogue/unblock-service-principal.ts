import { z } from 'zod'
import { defineAction } from '../action.ts'
import { unreadable } from '../plans/planning.ts'
import { planServicePrincipalState, servicePrincipalState } from '../plans/service-principal-state.ts'

export const unblockServicePrincipal = defineAction({
  id: 'unblock-service-principal',
  title: 'Let a blocked enterprise application sign in again',
  proposalTitle: 'Let the enterprise application {name} sign in again',
  why: 'Once it is known that a blocked application does no harm, the people who need it get it back.',
  input: z.object({ servicePrincipalId: z.guid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'servicePrincipalId', title: 'Enterprise application', is: 'servicePrincipal' }],
  touches: ['servicePrincipal'],
  writeScopes: ['Application.ReadWrite.All'],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: servicePrincipalState.role,
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No enterprise application with the object id {id} exists in this tenant.',
    unreadable,
    alreadySo: '{name} is not blocked from signing in.',
  },
  preStateFields: ['accountEnabled'],
  auditActivities: servicePrincipalState.activities,
  ifStolen: 'Unblock applications that were blocked for cause, block others, and with the scope alone add secrets to them.',
  unconfirmed: null,
  undo: { possible: true, days: 30 },
  reads: ({ servicePrincipalId }) => [{ path: `/servicePrincipals/${servicePrincipalId}?$select=${servicePrincipalState.fields}` }],
  plan: ({ servicePrincipalId }, [answer]) => planServicePrincipalState(servicePrincipalId, answer, true),
})
