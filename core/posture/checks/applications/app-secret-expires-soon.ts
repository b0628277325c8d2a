import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { days, secretObject, timeLeft } from '../../rules/secrets.ts'
import { ownSecrets } from '../../rules/token-signing.ts'

export const appSecretExpiresSoon = defineCheck({
  id: 'app-secret-expires-soon',
  code: 'APP-02',
  area: 'applications',
  severity: 'high',
  title: 'No secret in use is about to end',
  failTitle: '{count, plural, one {# secret ends} other {# secrets end}} within {warnDays} days',
  why: 'On the day a secret ends, whatever signs in with it stops working. A few days are enough for a calm renewal; an outage is not.',
  reasons: {
    none: 'No secret of an application ends within {warnDays} days.',
    within:
      '{failing, plural, one {# secret ends} other {# secrets end}} within {failDays} days{warning, plural, =0 {} other {, and # more within {warnDays} days}}.',
    approaching: '{warning, plural, one {# secret ends} other {# secrets end}} within {warnDays} days. There is time to renew.',
  },
  objectReason:
    '{named, select, yes {The secret “{secretName}”} other {The secret without a name}} (key {keyId}) ends on {endsAt, date, day}, {days, plural, =0 {in less than a day} one {in # day} other {in # days}}.',
  remediation: [
    'Find out who runs the application and where the secret is kept.',
    'Prefer a managed identity or workload identity federation, which have no secret that can end; otherwise add a new secret or certificate.',
    'Put the new one in place, see that sign-ins use it, then delete the old one.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
  frameworks: { attack: ['T1098.001'] },
  worseWhen: { days: 'lower' },

  each: ['applications', 'servicePrincipals'],
  needs: [],
  summary: { pass: 'none', fail: 'within', warn: 'approaching', values: ({ parameters }) => ({ ...parameters.secretExpiry }) },
  judge(holder, _facts, { now, parameters: { secretExpiry } }): RowVerdict {
    return ownSecrets(holder.row).flatMap((secret): RowVerdict => {
      const left = timeLeft(secret, now)
      if (left < 0 || left > days(secretExpiry.warnDays)) return []
      if (left <= days(secretExpiry.failDays)) return [{ verdict: 'fail', object: secretObject(holder, secret, now) }]
      return [{ verdict: 'warn', object: secretObject(holder, secret, now, 'medium') }]
    })
  },
})
