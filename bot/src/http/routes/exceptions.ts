import { declareException, listExceptions, withdrawException } from '@countersign/core/api/exceptions.ts'
import { permission } from '@countersign/core/principal.ts'
import { declare, exceptionsOf, withdraw } from '../../engine/exceptions.ts'
import { followNow, type FollowJob } from '../../engine/follow-settings.ts'
import type { Store } from '../../store/database.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, refuse } from '../problem.ts'

export interface ExceptionDependencies {
  readonly store: Store
  readonly now: () => number
  /** Has the stored facts judged again when the scan under way is over. */
  readonly follow: (job: FollowJob) => Promise<void>
}

const judged = { judged: 'judged', waits: 'scanning', followed: 'judged', nothing: 'nothing' } as const

export function exceptionRoutes({ store, now, follow }: ExceptionDependencies): Handler[] {
  const at = (): string => new Date(now()).toISOString()
  return [
    serve(listExceptions, async ({ signedIn: { principal } }) =>
      answer({ exceptions: [...(await exceptionsOf(store, principal, at()))], mayDeclare: permission(principal, 'declare').may }),
    ),
    serve(declareException, async ({ signedIn: { principal }, body }) => {
      const done = await declare(store, principal, body, at())
      switch (done.kind) {
        case 'declared':
          return answer({ ...done.exception, judged: judged[await followNow({ store, now, follow }, principal.tenantId)] })
        case 'badDay':
          return refuse(400, 'Not a day that can be taken', done.problem, { errors: [{ path: 'body.until', message: done.problem }] })
        case 'alreadyDeclared':
          return refuse(409, 'Already declared', 'This object is declared already. Withdraw that exception first to give another reason.')
        case 'tooMany':
          return refuse(409, 'Too many exceptions', 'There are 200 exceptions. Withdraw those that are no longer needed.')
      }
    }),
    serve(withdrawException, async ({ signedIn: { principal }, params }) => {
      const withdrawn = await withdraw(store, principal, params.exceptionId, at())
      if (withdrawn) await followNow({ store, now, follow }, principal.tenantId)
      return answer({ withdrawn })
    }),
  ]
}
