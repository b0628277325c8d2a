import { permissionById, permissionByValue } from '../../data/permission-risks.ts'
import type { FactRow } from '../facts.ts'
import { sameId } from '../rows/graph-values.ts'

type Classification = FactRow<'delegatedPermissionClassifications'>

/** Permissions that are called low here although they are not, or nobody has rated them: people may consent to them by themselves. */
export function riskyLows(
  classifications: readonly Classification[],
  servicePrincipals: readonly FactRow<'servicePrincipals'>[],
): readonly {
  readonly classification: Classification
  readonly resource: FactRow<'servicePrincipals'> | undefined
  readonly isRated: boolean
}[] {
  const resources = new Map(servicePrincipals.map((row) => [row.id.toLowerCase(), row]))
  return classifications.flatMap((classification) => {
    const resource = resources.get(classification.parentId.toLowerCase())
    const { permissionId, permissionName } = classification
    const rated =
      resource &&
      (permissionById(resource.appId, 'delegated', permissionId) ?? permissionByValue(resource.appId, 'delegated', permissionName))
    // What nobody has rated is not known to be low.
    const isLow = rated !== undefined && rated.tier !== 'control' && ['low', 'none'].includes(rated.risk)
    return sameId(classification.classification, 'low') && !isLow ? [{ classification, resource, isRated: rated !== undefined }] : []
  })
}
