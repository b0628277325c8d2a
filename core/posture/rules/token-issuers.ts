/**
 * Providers whose tokens workloads bring, by the issuer that each documents. Of a provider that anybody may use, the subject decides who gets
 * in; of one that is not here, nobody can say who runs it.
 */
const known: readonly RegExp[] = [
  // GitHub Actions, also with an enterprise's own part
  /^https:\/\/token\.actions\.githubusercontent\.com(\/[\w.-]+)?$/,
  // GitLab.com
  /^https:\/\/gitlab\.com$/,
  // Azure DevOps, by organisation
  /^https:\/\/vstoken\.dev\.azure\.com\/[\da-f-]{36}$/,
  // Azure Kubernetes Service, by region, tenant and cluster
  /^https:\/\/[a-z\d-]+\.oic\.prod-aks\.azure\.com\/[\da-f-]{36}\/[\da-f-]{36}$/,
  // Amazon EKS, by region and cluster
  /^https:\/\/oidc\.eks\.[a-z\d-]+\.amazonaws\.com\/id\/[\dA-Fa-f]+$/i,
  // Google accounts, and Google Kubernetes Engine
  /^https:\/\/accounts\.google\.com$/,
  /^https:\/\/container\.googleapis\.com\/v1\/projects\/[\w-]+\/locations\/[\w-]+\/clusters\/[\w-]+$/,
  // HCP Terraform, CircleCI, Bitbucket, Buildkite
  /^https:\/\/app\.terraform\.io$/,
  /^https:\/\/oidc\.circleci\.com\/org\/[\da-f-]{36}$/,
  /^https:\/\/api\.bitbucket\.org\/2\.0\/workspaces\/[\w-]+\/pipelines-config\/identity\/oidc$/,
  /^https:\/\/agent\.buildkite\.com$/,
]
/** Entra itself, for managed identities: by tenant. */
const entra = /^https:\/\/(?:login\.microsoftonline\.com\/([\da-f-]{36})\/v2\.0|sts\.windows\.net\/([\da-f-]{36}))$/

export type IssuerProblem = 'unknownIssuer' | 'otherTenant'

/** `tenantId` is the tenant's own; without it no tenant is called another. */
export function issuerProblem(issuer: string, tenantId: string | undefined): IssuerProblem | undefined {
  const plain = issuer.replace(/\/$/, '').toLowerCase()
  const found = entra.exec(plain)
  const tenant = found?.[1] ?? found?.[2]
  if (tenant !== undefined) return tenantId === undefined || tenant === tenantId.toLowerCase() ? undefined : 'otherTenant'
  return known.some((pattern) => pattern.test(plain)) ? undefined : 'unknownIssuer'
}
