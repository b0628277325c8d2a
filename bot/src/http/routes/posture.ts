import { getOverview, getViewPosture, setTarget } from '@countersign/core/api/posture.ts'
import { setTarget as putTarget } from '../../engine/saved-views.ts'
import { serve, type Handler } from '../handler.ts'
import { answer } from '../problem.ts'
import { overviewView, type OverviewDependencies } from '../views/overview.ts'

export function postureRoutes(deps: OverviewDependencies & { readonly now: () => number }): Handler[] {
  return [
    serve(getOverview, async (call) => answer(await overviewView(deps, call.signedIn.principal, call.locale))),
    serve(setTarget, async ({ signedIn: { principal }, body }) =>
      answer({ target: await putTarget(deps.store, principal, body.value, new Date(deps.now()).toISOString()) }),
    ),
    serve(getViewPosture, async (call) => {
      // The web parts' view is cut from the same figures, so that the two can never disagree.
      const { score, checks, areas, openFindings, tenant, lastScan, risks } = await overviewView(deps, call.signedIn.principal, call.locale)
      return answer({
        score,
        checks,
        areas,
        openFindings,
        tenant: { displayName: tenant.displayName },
        scannedAt: lastScan?.finishedAt ?? null,
        risks: risks.map(({ checkId, severity, title, area, areaTitle, affects }) => ({
          checkId,
          severity,
          title,
          area,
          areaTitle,
          affects,
        })),
      })
    }),
  ]
}
