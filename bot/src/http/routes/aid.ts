import { connectAid, disconnectAid } from '@countersign/core/api/aid.ts'
import type { Identity } from '../../identity/identity.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, refuse, type Refused } from '../problem.ts'

export function aidRoutes({ identity }: { readonly identity: Pick<Identity, 'aid'> }): Handler[] {
  return [
    serve(connectAid, async (call) => {
      if (!identity.aid) return actIsOff
      const begun = await identity.aid.begin(call.signedIn.principal, call.body.objectId)
      return begun.kind === 'url' ? answer({ signInUrl: begun.url }) : refuse(409, 'Not connected', begun.reason)
    }),
    serve(disconnectAid, async (call) => {
      if (!identity.aid) return actIsOff
      return answer({ disconnected: await identity.aid.disconnect(call.signedIn.principal) })
    }),
  ]
}

const actIsOff: Refused = refuse(409, 'Actions are off', 'This deployment only reads: there is nothing that an Aid could do.', { mend: 'Whoever runs this service can switch actions on (COUNTERSIGN_ACT=on).' })
