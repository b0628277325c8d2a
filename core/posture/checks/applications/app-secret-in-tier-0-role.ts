import { defineCheck } from '../../check.ts'
import type { AffectedObject, RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { enterpriseObject, enterprisePage, overObjects } from '../../rules/application-objects.ts'
import { isLasting } from '../../rules/privileged.ts'

export const appSecretInTier0Role = defineCheck({
  id: 'app-secret-in-tier-0-role',
  code: 'APP-31',
  area: 'applications',
  severity: 'critical',
  perObject: true,
  title: 'No application with a role over the tenant signs in with a secret',
  failTitle:
    '{count, plural, one {# application} other {# applications}} with a role over the tenant {count, plural, one {signs} other {sign}} in with a secret',
  why: 'Whoever reads the secret, in a settings file, a pipeline or a chat, holds the role. No multifactor authentication asks who they are.',
  reasons: {
    none: 'No application that holds a role of the control plane for good has a secret that works.',
    some: '{count, plural, one {# application holds} other {# applications hold}} a role of the control plane and {count, plural, one {has} other {have}} a secret that works.',
  },
  objectReason: 'Holds {role} and has {secrets, plural, one {a secret that works} other {# secrets that work}} until {until, date, day}.',
  remediation: [
    'Let the application sign in with a managed identity, workload identity federation or a certificate.',
    'Delete its secrets.',
    'Take the role away where a permission of Microsoft Graph does the work.',
  ],
  portal: enterprisePage,
  frameworks: { maester: ['MT.1027'], attack: ['T1098.003'] },

  needs: ['privilegedPrincipals', 'servicePrincipals', 'applicationCredentials'],
  judge({ privilegedPrincipals, servicePrincipals, applicationCredentials }, { now }) {
    const secrets = new Map<string, number[]>()
    for (const { kind, appId, endsAt } of applicationCredentials) {
      if (kind === 'secret' && endsAt >= now) secrets.set(appId.toLowerCase(), [...(secrets.get(appId.toLowerCase()) ?? []), endsAt])
    }
    const byId = new Map(servicePrincipals.map((row) => [row.id.toLowerCase(), row]))
    const found = privilegedPrincipals.flatMap(({ type, id, holds }): RowVerdict => {
      const row = type === 'servicePrincipal' ? byId.get(id.toLowerCase()) : undefined
      const hold = holds.find((one) => one.isActive && isLasting(one, now) && one.tier === 'control')
      const ends = row ? (secrets.get(row.appId.toLowerCase()) ?? []) : []
      if (!row || !hold || ends.length === 0) return []
      const values = { role: hold.roleName, secrets: ends.length, until: new Date(Math.max(...ends)).toISOString() }
      const object: AffectedObject = enterpriseObject(row, [factKey('servicePrincipals', row.id), ...hold.basis], values)
      return [{ verdict: 'fail', object }]
    })
    return overObjects(
      found,
      ['roleAssignments', 'servicePrincipals', 'applications'].map((fact) => factKey(fact, '')),
    )
  },
})
