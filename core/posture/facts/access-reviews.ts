import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

const query = z.object({
  query: z
    .string()
    .max(4000)
    .nullish()
    .transform((text) => text ?? null),
})
const queries = z
  .array(query)
  .nullish()
  .transform((list) => list ?? [])
/** Either one query, or who is reviewed (principals) for what (resources): https://learn.microsoft.com/graph/accessreviews-scope-concept */
const scope = query
  .extend({ principalScopes: queries, resourceScopes: queries })
  .nullish()
  .transform((value) => value ?? null)

/** Where a review has stages, each has reviewers of its own. */
const stages = z
  .array(z.object({ reviewers: queries }))
  .nullish()
  .transform((list) => list ?? null)

export const accessReviews = defineFact({
  id: 'accessReviews',
  title: 'Access reviews, who they are about and what follows from them',
  source: { path: '/identityGovernance/accessReviews/definitions', pageSize: 100, bucket: 'identity' },
  scopes: ['AccessReview.Read.All'],
  licence: 'p2',
  row: z.object({
    id: graphId,
    displayName: graphName,
    status: z.string().max(200).nullable(),
    scope,
    instanceEnumerationScope: scope,
    reviewers: z
      .array(query)
      .nullish()
      .transform((list) => list ?? null),
    stageSettings: stages,
    settings: z.object({
      autoApplyDecisionsEnabled: z.boolean(),
      defaultDecisionEnabled: z.boolean(),
      defaultDecision: z.string().max(200).nullable(),
      recurrence: z
        .object({
          pattern: z.object({ type: z.string().max(200).nullable() }).nullable(),
          range: z
            .object({
              type: z.string().max(200).nullable(),
              endDate: z
                .string()
                .max(40)
                .nullish()
                .transform((day) => day ?? null),
            })
            .nullable(),
        })
        .nullable(),
    }),
  }),
  key: (row) => row.id,
  held: 'whole',
})
