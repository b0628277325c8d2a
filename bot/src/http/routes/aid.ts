import { checkAid, connectAid, disconnectAid } from '@countersign/core/api/aid.ts'
import type { Identity } from '../../identity/identity.ts'
import { signInRefused } from '../auth.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, refuse, type Refused } from '../problem.ts'

export function aidRoutes({ identity }: { readonly identity: Pick<Identity, 'aid' | 'aidOf' | 'prepareReading'> }): Handler[] {
  return [
    serve(connectAid, async (call) => {
      if (!identity.aid) return actIsOff
      // The account is looked up, and what it could activate is read, as the admin: also after this request, when the Aid has signed in.
      const ready = await identity.prepareReading(call.signedIn)
      if (ready.kind === 'needsSignIn') return signInRefused(ready)
      const begun = await identity.aid.begin(call.signedIn.principal, call.body.objectId)
      return begun.kind === 'url' ? answer({ signInUrl: begun.url }) : refuse(409, 'Not connected', begun.reason)
    }),
    serve(checkAid, async ({ signedIn: { principal } }) => {
      if (!identity.aid) return actIsOff
      const state = await identity.aid.check(principal.tenantId)
      const aid = await identity.aidOf(principal)
      return answer({ state, detail: aid?.detail ?? null, reason: aid?.reason ?? null, policy: aid?.policy ?? null })
    }),
    serve(disconnectAid, async (call) => {
      if (!identity.aid) return actIsOff
      return answer({ disconnected: await identity.aid.disconnect(call.signedIn.principal) })
    }),
  ]
}

const actIsOff: Refused = refuse(409, 'Actions are off', 'This deployment only reads: there is nothing that an Aid could do.', {
  mend: 'Whoever runs this service can switch actions on (COUNTERSIGN_ACT=on).',
})
