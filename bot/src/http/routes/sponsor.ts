import { deleteSponsor, getSponsor, putSponsor, type SponsorView } from '@countersign/core/api/sponsor.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { becomeSponsor, withdrawSponsor, type SponsorDependencies } from '../../engine/sponsor.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, refuse } from '../problem.ts'
import { sponsorView } from '../views/sponsor.ts'

export function sponsorRoutes(deps: SponsorDependencies): Handler[] {
  const view = (principal: Principal, locale: string): Promise<SponsorView> =>
    readTx(deps.store, principal, (tx) => sponsorView(tx, principal, deps.now(), locale))
  return [
    serve(getSponsor, async (call) => answer(await view(call.signedIn.principal, call.locale))),
    serve(putSponsor, async (call) => {
      const made = await becomeSponsor(deps, call.signedIn, call.body.hour)
      if (made.kind === 'needsSignIn')
        return refuse(403, 'No permission to read', made.reason, {
          mend: 'Sign in again, or have an administrator grant the permissions of Countersign Read.',
        })
      if (made.kind === 'taken')
        return refuse(409, 'There is a sponsor', `Scheduled scans already run in the name of ${made.by}; a tenant has one sponsor.`, {
          mend: `${made.by} or an owner can withdraw it first.`,
        })
      return answer(await view(call.signedIn.principal, call.locale))
    }),
    serve(deleteSponsor, async (call) => {
      const { principal } = call.signedIn
      const withdrawn = await withdrawSponsor(deps, principal)
      if (withdrawn.kind === 'notYours')
        return refuse(403, 'Not yours', `Scheduled scans run in the name of ${withdrawn.by}.`, {
          mend: `${withdrawn.by} or an owner can withdraw it.`,
          roles: ['owner'],
        })
      return answer(await view(principal, call.locale))
    }),
  ]
}
