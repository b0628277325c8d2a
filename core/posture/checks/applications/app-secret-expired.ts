import { defineCheck, fixWith } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { secretObject, timeLeft } from '../../rules/secrets.ts'
import type { SecretHolder } from '../../rules/secrets.ts'
import { ownSecrets } from '../../rules/token-signing.ts'

export const appSecretExpired = defineCheck({
  id: 'app-secret-expired',
  code: 'APP-01',
  area: 'applications',
  severity: 'low',
  perObject: true,
  title: 'No application keeps an expired secret',
  failTitle: '{count, plural, one {# expired secret is} other {# expired secrets are}} still kept on applications',
  why: 'An expired secret no longer signs anybody in. It hides the secrets that do, and it invites a renewal that nobody has looked at.',
  reasons: {
    none: '{secrets, plural, =0 {No application has a secret.} one {The one secret on {holders, plural, one {# application} other {# applications}} has not ended.} other {None of the # secrets on {holders, plural, one {# application} other {# applications}} has ended.}}',
    expired:
      '{count, plural, one {# secret} other {# secrets}} on {holders, plural, one {# application} other {# applications}} had already ended when the tenant was read.',
  },
  objectReason:
    '{named, select, yes {The secret “{secretName}”} other {The secret without a name}} (key {keyId}) ended on {endsAt, date, day}{days, plural, =0 {} one {, # day before the reading} other {, # days before the reading}}.',
  remediation: [
    'Open the application and go to Certificates & secrets.',
    'Make sure that whoever uses the application signs in with another secret, a certificate or a managed identity.',
    'Delete the expired secret.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
  // Only app registrations: a secret on an enterprise application is taken away by another call, which has its own action.
  fix: fixWith('remove-app-secret', (object) =>
    object.type === 'application' && object.part ? { applicationId: object.id, keyId: object.part } : undefined,
  ),
  frameworks: { zeroTrust: ['21772'], attack: ['T1098.001'] },

  needs: ['applications', 'servicePrincipals'],
  judge({ applications, servicePrincipals }, { now }) {
    const holders: SecretHolder[] = [
      ...applications.map((row) => ({ fact: 'applications', row }) as const),
      ...servicePrincipals.map((row) => ({ fact: 'servicePrincipals', row }) as const),
    ]
    const objects = holders.flatMap((holder) =>
      ownSecrets(holder.row)
        .filter((secret) => timeLeft(secret, now) < 0)
        .map((secret) => secretObject(holder, secret, now)),
    )
    const basis = [factKey('applications', ''), factKey('servicePrincipals', '')]
    if (objects.length === 0) {
      const secrets = holders.reduce((total, { row }) => total + ownSecrets(row).length, 0)
      return { verdict: 'pass', reason: 'none', values: { secrets, holders: holders.length }, basis }
    }
    return {
      verdict: 'fail',
      reason: 'expired',
      values: { count: objects.length, holders: new Set(objects.map(({ id }) => id)).size },
      objects,
      basis,
    }
  },
})
