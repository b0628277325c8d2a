import { z } from 'zod'
import { defineAction } from '../action.ts'
import { unreadable } from '../plans/planning.ts'
import { planServicePrincipalState, servicePrincipalState } from '../plans/service-principal-state.ts'

export const blockServicePrincipal = defineAction({
  id: 'block-service-principal',
  title: 'Block an enterprise application from signing in',
  proposalTitle: 'Block the enterprise application {name} from signing in',
  why: 'A blocked application gets no more tokens, and nobody signs in to it; its permissions and settings stay as they are.',
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
    alreadySo: '{name} is already blocked from signing in.',
    microsofts: '{name} is Microsoft’s own application; other services can depend on it. Block it in the Entra admin center if you must.',
  },
  preStateFields: ['accountEnabled'],
  auditActivities: servicePrincipalState.activities,
  ifStolen: 'Block every application of the tenant, unblock those that somebody blocked, and with the scope alone add secrets to them.',
  unconfirmed: null,
  undo: { possible: true, days: 30 },
  reads: ({ servicePrincipalId }) => [{ path: `/servicePrincipals/${servicePrincipalId}?$select=${servicePrincipalState.fields}` }],
  plan: ({ servicePrincipalId }, [answer]) => planServicePrincipalState(servicePrincipalId, answer, false),
})
