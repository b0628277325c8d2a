import { getFinding, listFindings } from '@countersign/core/api/findings.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound } from '../problem.ts'
import { findingLines, findingPage, type FindingDependencies } from '../views/finding.ts'

export function findingRoutes(deps: FindingDependencies): Handler[] {
  return [
    serve(listFindings, async (call) => answer({ findings: await findingLines(deps, call.signedIn.principal, call.locale, call.query) })),
    serve(getFinding, async (call) => {
      const page = await findingPage(deps, call.signedIn.principal, call.params.checkId, call.locale)
      return page ? answer(page) : notFound('A judgement of this check')
    }),
  ]
}
