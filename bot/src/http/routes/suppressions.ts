import {
  chooseSuppressedCounting,
  liftSuppression,
  listSuppressions,
  suppressFinding,
  type ShownSuppression,
} from '@countersign/core/api/suppressions.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import { permission } from '@countersign/core/principal.ts'
import { followNow, followSoon, type FollowJob } from '../../engine/follow-settings.ts'
import { chooseCounting, lift, mostSuppressions, suppress } from '../../engine/suppressions.ts'
import type { Store } from '../../store/database.ts'
import { bothScoresOf, verdictsOf } from '../../store/results.ts'
import { shownScan } from '../../store/scans.ts'
import { readSettings } from '../../store/settings.ts'
import { countActive, coveredBy, listSuppressions as listStored, type StoredSuppression } from '../../store/suppressions.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse } from '../problem.ts'

const shownAtMost = 1000

export interface SuppressionDependencies {
  readonly store: Store
  readonly now: () => number
  /** Has the score made again when the scan under way is over, or after a while. */
  readonly follow: (job: FollowJob, startAfter?: Date) => Promise<void>
}

export function suppressionRoutes({ store, now, follow }: SuppressionDependencies): Handler[] {
  const at = (): string => new Date(now()).toISOString()
  return [
    serve(listSuppressions, async ({ signedIn: { principal }, query }) =>
      readTx(store, principal, async (tx) => {
        const { suppressions, total } = await listStored(tx, { isActive: query.state === 'active', checkId: query.check }, shownAtMost)
        const covers = await coveredBy(tx, suppressions)
        const scan = await shownScan(tx)
        const verdicts = new Map(scan ? (await verdictsOf(tx, scan.id)).map(({ checkId, verdict }) => [checkId, verdict]) : [])
        return answer({
          suppressions: suppressions.map((one) => ({
            ...shown(one),
            covers: one.state === 'active' ? (covers.get(one.id) ?? 0) : 0,
            verdict: verdicts.get(one.checkId) ?? null,
          })),
          scores: scan ? await bothScoresOf(tx, scan.id) : null,
          total,
          findings: (await countActive(tx)).findings,
          inScore: (await readSettings(tx)).settings.suppressedInScore,
          maySuppress: permission(principal, 'suppress').may,
          mayChooseCounting: permission(principal, 'declare').may,
        })
      }),
    ),
    serve(suppressFinding, async ({ signedIn: { principal }, body }) => {
      const done = await suppress(store, principal, body, at())
      if (done.kind === 'suppressed') await followSoon({ store, now, follow }, principal.tenantId)
      switch (done.kind) {
        case 'suppressed':
          return answer(shown(done.suppression), { status: 201 })
        case 'badDay':
          return refuse(400, 'Not a day that can be taken', done.problem, { errors: [{ path: 'body.until', message: done.problem }] })
        case 'noSuchCheck':
          return refuse(404, 'No such check', `There is no check with the id ${body.checkId}.`)
        case 'noSuchFinding':
          return refuse(404, 'No such finding', 'This check has no finding with this key. The page of the check lists the keys.')
        case 'notOpen':
          return refuse(409, 'Not open', 'This finding is not open: there is nothing to suppress. If it comes back, suppress it then.')
        case 'already':
          return refuse(409, 'Suppressed already', 'This is suppressed already. Lift that suppression first to give another reason or day.')
        case 'tooMany':
          return refuse(
            409,
            'Too many suppressions',
            `There are ${mostSuppressions} suppressions. Lift those that are no longer needed, or suppress a whole check.`,
          )
      }
    }),
    serve(liftSuppression, async ({ signedIn: { principal }, params, body }) => {
      const done = await lift(store, principal, params.suppressionId, body.reason, at())
      if (done.kind === 'lifted') await followSoon({ store, now, follow }, principal.tenantId)
      switch (done.kind) {
        case 'lifted':
          return answer(shown(done.suppression))
        case 'noSuchSuppression':
          return notFound('A suppression with this id')
        case 'endedBefore':
          return refuse(409, 'Ended already', 'This suppression has ended already; what it covered counts again.')
      }
    }),
    serve(chooseSuppressedCounting, async ({ signedIn: { principal }, body }) => {
      if (await chooseCounting(store, principal, body.inScore, at())) await followNow({ store, now, follow }, principal.tenantId)
      return answer({ inScore: body.inScore })
    }),
  ]
}

function shown(stored: StoredSuppression): ShownSuppression {
  const check = checkOf(stored.checkId)
  // A check that is no longer in the catalogue is shown by its id.
  return { ...stored, code: check?.code ?? '', title: check?.title ?? stored.checkId }
}
