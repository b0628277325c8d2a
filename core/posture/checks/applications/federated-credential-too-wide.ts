import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { overRows, registrationsPage } from '../../rules/application-objects.ts'
import { issuerProblem } from '../../rules/token-issuers.ts'
import type { IssuerProblem } from '../../rules/token-issuers.ts'

export const federatedCredentialTooWide = defineCheck({
  id: 'federated-credential-too-wide',
  code: 'APP-29',
  area: 'applications',
  severity: 'high',
  title: 'Applications trust one named workload elsewhere, not many',
  failTitle: '{count, plural, one {# federated credential trusts} other {# federated credentials trust}} too much',
  why: 'A federated credential lets a workload at another provider sign in as the application. A wide subject lets in workloads that nobody meant, such as the pull request of a stranger.',
  reasons: {
    none: 'Every federated credential names one workload at a provider that is known and reached over https.',
    some: '{count, plural, one {# federated credential trusts} other {# federated credentials trust}} more than one named workload.',
  },
  objectReason:
    'The federated credential “{credential}” {problem, select, issuer {trusts a provider that is not reached over https} unknownIssuer {trusts {issuer}, which is no provider that we know: whoever runs it can sign in as the application} otherTenant {trusts the Entra tenant {issuer}, which is another organisation} pullRequest {lets in every pull request of a repository} wildcard {has a wildcard in its subject} other {has no fixed subject; look at its expression}}.',
  remediation: [
    'Name one branch, environment or service account in the subject.',
    'Let pull requests run without access to the tenant.',
    'Trust providers that you chose and look after; ask who runs one that nobody knows.',
    'Delete federated credentials that nothing uses.',
  ],
  portal: registrationsPage,
  frameworks: { attack: ['T1098.001'] },

  each: ['federatedIdentityCredentials'],
  needs: ['organization'],
  summary: overRows,
  judge({ row }, { organization }): RowVerdict {
    return row.federatedIdentityCredentials.flatMap(({ id, name, issuer, subject }): RowVerdict => {
      const problem = problemOf(issuer, subject, organization[0]?.id)
      if (!problem) return []
      const basis = [factKey('federatedIdentityCredentials', row.id)]
      const values = { credential: name, problem, issuer }
      const object = { type: 'application', id: row.id, name: nameOr(row.displayName, row.id), part: id, values, basis } as const
      // What a flexible expression lets in, Graph v1.0 does not say.
      // Of a provider that we do not know nobody can say here whether it is yours.
      return [doubtful.includes(problem) ? { verdict: 'warn', object: { ...object, severity: 'medium' } } : { verdict: 'fail', object }]
    })
  },
})

type Problem = 'issuer' | 'flexible' | 'wildcard' | 'pullRequest' | IssuerProblem
const doubtful: readonly Problem[] = ['flexible', 'unknownIssuer', 'otherTenant']

function problemOf(issuer: string, subject: string | null, tenantId: string | undefined): Problem | undefined {
  if (!/^https:\/\//i.test(issuer)) return 'issuer'
  if (subject === null || subject === '') return 'flexible'
  if (subject.includes('*')) return 'wildcard'
  return /:pull_request$/i.test(subject) ? 'pullRequest' : issuerProblem(issuer, tenantId)
}
