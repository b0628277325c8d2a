import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { applicationObject, overRows, registrationsPage } from '../../rules/application-objects.ts'

export const implicitGrantOn = defineCheck({
  id: 'implicit-grant-on',
  code: 'APP-27',
  area: 'applications',
  severity: 'medium',
  title: 'No application gets tokens in the address bar',
  failTitle: '{count, plural, one {# application gets} other {# applications get}} tokens in the address bar',
  why: 'With the implicit grant the token is part of an address: it ends up in histories, logs and referrers. The authorization code flow with PKCE has replaced it.',
  reasons: {
    none: 'No app registration has the implicit grant on.',
    some: '{count, plural, one {# app registration has} other {# app registrations have}} the implicit grant on.',
  },
  objectReason:
    'The implicit grant is on for {tokens, select, both {access tokens and ID tokens} access {access tokens} other {ID tokens}}.',
  remediation: [
    'Move the application to the authorization code flow with PKCE, as current libraries do.',
    'Then clear both boxes under “Implicit grant and hybrid flows”.',
  ],
  portal: registrationsPage,
  frameworks: {},

  each: ['applicationSettings'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const settings = row.web?.implicitGrantSettings
    const [access, id] = [settings?.enableAccessTokenIssuance === true, settings?.enableIdTokenIssuance === true]
    if (!access && !id) return []
    const tokens = access && id ? 'both' : access ? 'access' : 'id'
    return [{ verdict: 'warn', object: applicationObject(row, [factKey('applications', row.id)], { tokens }) }]
  },
})
