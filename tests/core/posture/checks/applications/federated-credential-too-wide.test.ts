import { federatedCredentialTooWide } from '../../../../../core/posture/checks/applications/federated-credential-too-wide.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { organization } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

const home = '00000000-0000-4000-8000-00000000000a'

function trusting(issuer: string, subject: string | null): FactRow<'federatedIdentityCredentials'> {
  return {
    id: 'a',
    displayName: 'Deploy',
    federatedIdentityCredentials: [{ id: 'f', name: 'github', issuer, subject, audiences: ['api://AzureADTokenExchange'] }],
  }
}

describeCheck(
  federatedCredentialTooWide,
  {
    federatedIdentityCredentials: [trusting('https://token.actions.githubusercontent.com', 'repo:contoso/site:ref:refs/heads/main')],
    organization: [{ ...organization(), id: home }],
  },
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
    {
      name: 'passes for a managed identity of the tenant itself',
      given: { federatedIdentityCredentials: [trusting(`https://login.microsoftonline.com/${home.toUpperCase()}/v2.0`, 'id-of-identity')] },
      verdict: 'pass',
    },
    {
      name: 'warns about another tenant',
      given: {
        federatedIdentityCredentials: [trusting('https://login.microsoftonline.com/00000000-0000-4000-8000-00000000000b/v2.0', 'a')],
      },
      verdict: 'warn',
      says: 'another organisation',
    },
    {
      name: 'warns about a provider that nobody knows, also where it looks like a known one',
      given: { federatedIdentityCredentials: [trusting('https://token.actions.githubusercontent.com.evil.example', 'a')] },
      verdict: 'warn',
      objects: ['a/f'],
      says: 'no provider that we know',
    },
  ],
)
