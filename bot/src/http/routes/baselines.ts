import { chooseBaseline, getBaselines, setParameter, withdrawParameter, type BaselinesView } from '@countersign/core/api/baselines.ts'
import { baselines } from '@countersign/core/posture/baselines.ts'
import { parameters } from '@countersign/core/posture/parameters/parameters.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { baselineIn, choose, setOwn, withdrawOwn, type BaselineChanging } from '../../engine/baselines.ts'
import { followNow, isCurrent, type FollowJob } from '../../engine/follow-settings.ts'
import { baselineChanges, judgedWith } from '../../store/baselines.ts'
import type { Store } from '../../store/database.ts'
import { resultsOf } from '../../store/results.ts'
import { shownScan } from '../../store/scans.ts'
import { readSettings } from '../../store/settings.ts'
import { readTx, type ReadTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, refuse, type Answered, type Refused } from '../problem.ts'
import { baselineLines, changeView, parameterViews, policyLines } from '../views/baselines.ts'

const changesShown = 100

export interface BaselineDependencies {
  readonly store: Store
  readonly now: () => number
  /** Has the stored facts judged again when the scan under way is over. */
  readonly follow: (job: FollowJob) => Promise<void>
}

export function baselineRoutes({ store, now, follow }: BaselineDependencies): Handler[] {
  const at = (): string => new Date(now()).toISOString()
  const view = (principal: Principal, locale: string): Promise<BaselinesView> =>
    readTx(store, principal, (tx) => baselinesView(tx, principal, locale))

  async function after(principal: Principal, locale: string, done: BaselineChanging): Promise<Answered<BaselinesView> | Refused> {
    switch (done.kind) {
      case 'changed':
        await followNow({ store, now, follow }, principal.tenantId)
        return answer(await view(principal, locale))
      case 'unchanged':
        return answer(await view(principal, locale))
      case 'badValue':
        return refuse(400, 'Not a value of this parameter', `The value ${done.problem}.`, {
          errors: [{ path: 'body.value', message: done.problem }],
        })
      case 'contradiction':
        return refuse(409, 'Values contradict each other', `${done.problem} Change the other value first.`)
      case 'noSuchBaseline':
        return refuse(404, 'No such baseline', `Known are: ${baselines.map(({ id }) => id).join(', ')}.`)
      case 'noSuchParameter':
        return refuse(404, 'No such parameter', `Known are: ${parameters.map(({ id }) => id).join(', ')}.`)
      case 'notSet':
        return refuse(404, 'Nothing to withdraw', 'This parameter has the baseline’s own value.')
    }
  }

  return [
    serve(getBaselines, async ({ signedIn: { principal }, locale }) => answer(await view(principal, locale))),
    serve(chooseBaseline, async ({ signedIn: { principal }, locale, body }) =>
      after(principal, locale, await choose(store, principal, body.baseline, body.reason, at())),
    ),
    serve(setParameter, async ({ signedIn: { principal }, locale, params, body }) =>
      after(principal, locale, await setOwn(store, principal, { parameter: params.parameter, ...body }, at())),
    ),
    serve(withdrawParameter, async ({ signedIn: { principal }, locale, params, body }) =>
      after(principal, locale, await withdrawOwn(store, principal, { parameter: params.parameter, ...body }, at())),
    ),
  ]
}

async function baselinesView(tx: ReadTx, principal: Principal, locale: string): Promise<BaselinesView> {
  const stored = await readSettings(tx)
  const baseline = baselineIn(stored)
  const { overrides } = stored.settings
  const changes = await baselineChanges(tx, changesShown)
  const choice = changes.find(({ what }) => what === 'chosen')
  const scan = await shownScan(tx)
  const wentBy = scan && (await judgedWith(tx, scan.id))
  const isByThis = scan !== undefined && (wentBy?.baseline.id ?? 'default') === baseline.id
  return {
    chosen: { id: baseline.id, title: baseline.title, choice: choice ? changeView(choice, locale) : null },
    baselines: baselineLines(locale),
    parameters: parameterViews(baseline, overrides, locale),
    overrides: [...overrides],
    judged: scan ? { scanId: scan.id, at: scan.finishedAt ?? scan.startedAt, isCurrent: await isCurrent(tx, scan.id) } : null,
    policies: isByThis ? policyLines(baseline, await resultsOf(tx, scan.id), locale) : [],
    history: changes.map((change) => changeView(change, locale)),
    mayDeclare: permission(principal, 'declare').may,
  }
}
