import { federatedCredentialTooWide } from '../../../../../core/posture/checks/applications/federated-credential-too-wide.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

function trusting(issuer: string, subject: string | null): FactRow<'federatedIdentityCredentials'> {
  return {
    id: 'a',
    displayName: 'Deploy',
    federatedIdentityCredentials: [{ id: 'f', name: 'github', issuer, subject, audiences: ['api://AzureADTokenExchange'] }],
  }
}

describeCheck(
  federatedCredentialTooWide,
  { federatedIdentityCredentials: [trusting('https://token.actions.githubusercontent.com', 'repo:contoso/site:ref:refs/heads/main')] },
  [
    {
      name: 'fails on pull requests',
      given: { federatedIdentityCredentials: [trusting('https://token.actions.githubusercontent.com', 'repo:contoso/site:pull_request')] },
      verdict: 'fail',
      objects: ['a/f'],
      says: 'every pull request',
    },
    {
      name: 'fails on a wildcard',
      given: { federatedIdentityCredentials: [trusting('https://x', 'repo:contoso/*')] },
      verdict: 'fail',
      says: 'wildcard',
    },
    {
      name: 'fails on a provider without https',
      given: { federatedIdentityCredentials: [trusting('http://x', 'a')] },
      verdict: 'fail',
      says: 'https',
    },
    {
      name: 'warns where the subject is an expression that v1.0 does not show',
      given: { federatedIdentityCredentials: [trusting('https://x', null)] },
      verdict: 'warn',
    },
  ],
)
