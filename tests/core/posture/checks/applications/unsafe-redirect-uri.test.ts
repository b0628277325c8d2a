import { unsafeRedirectUri } from '../../../../../core/posture/checks/applications/unsafe-redirect-uri.ts'
import { enterprise, microsofts, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

function web(...redirectUris: readonly string[]) {
  return { redirectUris: [...redirectUris], implicitGrantSettings: null }
}

describeCheck(
  unsafeRedirectUri,
  {
    applications: [
      registered('a', {
        web: web('https://contoso.com/x', 'http://localhost:8080', 'https://127.0.0.1:1', 'msal123://auth', 'urn:ietf:wg:oauth:2.0:oob'),
      }),
    ],
    servicePrincipals: [
      enterprise('s', { replyUrls: ['https://contoso.com/saml'] }),
      enterprise('m', { appOwnerOrganizationId: microsofts, replyUrls: ['http://microsoft.example'] }),
      enterprise('i', { servicePrincipalType: 'ManagedIdentity', replyUrls: ['http://identity.example'] }),
    ],
  },
  [
    {
      name: 'fails on what only the enterprise application lists, of another publisher too',
      given: {
        servicePrincipals: [
          enterprise('s', { replyUrls: ['http://contoso.com/saml'] }),
          enterprise('t', { appOwnerOrganizationId: 'other', replyUrls: ['https://gone.azurewebsites.net'] }),
        ],
      },
      verdict: 'fail',
      objects: ['s/http://contoso.com/saml', 't/https://gone.azurewebsites.net'],
    },
    {
      name: 'names what both list once, at the registration',
      given: {
        applications: [registered('a', { web: web('http://contoso.com/x') })],
        servicePrincipals: [enterprise('a-sp', { appId: 'client-of-a', replyUrls: ['http://contoso.com/x'] })],
      },
      verdict: 'fail',
      objects: ['a/http://contoso.com/x'],
    },
    {
      name: 'fails on what is not encrypted',
      given: { applications: [registered('a', { web: web('http://contoso.com/x') })] },
      verdict: 'fail',
      objects: ['a/http://contoso.com/x'],
      says: 'unencrypted',
    },
    {
      name: 'fails on a name that only begins like the own machine',
      given: { applications: [registered('a', { web: web('http://localhost.evil.com') })] },
      verdict: 'fail',
    },
    {
      name: 'fails on a host behind a name, and on one that ends with a dot',
      given: {
        applications: [
          registered('a', { web: web('http://localhost:x@evil.com', 'http://localhost@evil.com', 'https://gone.azurewebsites.net.') }),
        ],
      },
      verdict: 'fail',
      objects: ['a/http://localhost:x@evil.com', 'a/http://localhost@evil.com', 'a/https://gone.azurewebsites.net.'],
    },
    {
      name: 'fails on wildcards, addresses of numbers and hosts that anybody may claim',
      given: {
        applications: [
          registered('a', {
            web: web('https://*.contoso.com', 'https://10.0.0.7/x'),
            spa: { redirectUris: ['https://gone.azurewebsites.net'] },
          }),
        ],
      },
      verdict: 'fail',
      objects: ['a/https://*.contoso.com', 'a/https://10.0.0.7/x', 'a/https://gone.azurewebsites.net'],
    },
    {
      name: 'passes over a name that only ends like such a host',
      given: { applications: [registered('a', { web: web('https://myazurewebsites.net') })] },
      verdict: 'pass',
    },
  ],
)
