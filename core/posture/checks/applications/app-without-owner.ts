import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { applicationObject, overObjects, registrationsPage } from '../../rules/application-objects.ts'

export const appWithoutOwner = defineCheck({
  id: 'app-without-owner',
  code: 'APP-16',
  area: 'applications',
  severity: 'medium',
  perObject: true,
  title: 'Every app registration has an owner',
  failTitle: '{count, plural, one {# app registration has} other {# app registrations have}} no owner',
  why: 'Without an owner nobody is asked when a secret ends, when a permission looks too wide, or whether the application is still needed.',
  reasons: {
    none: 'Every app registration has at least one owner.',
    some: '{count, plural, one {# app registration has} other {# app registrations have}} no owner{failing, plural, =0 {} one {; # of them can take over the tenant} other {; # of them can take over the tenant}}.',
  },
  objectReason: 'Nobody owns it{control, select, yes {, and it has a permission that reaches the control of the tenant} other {}}.',
  remediation: [
    'Find out from its sign-ins and its creator who uses the application.',
    'Make a person of that team its owner, or remove it when nobody needs it.',
  ],
  portal: registrationsPage,
  frameworks: { zeroTrust: ['21867', '24518'] },

  needs: ['applications', 'applicationOwners', 'effectivePermissions'],
  judge({ applications, applicationOwners, effectivePermissions }) {
    const owned = new Map(applicationOwners.map(({ id, owners }) => [id.toLowerCase(), owners.length]))
    const controlling = new Set(
      effectivePermissions.filter(({ kind, tier }) => kind === 'application' && tier === 'control').map(({ appId }) => appId.toLowerCase()),
    )
    const found = applications.flatMap((row): RowVerdict => {
      // One that was made between the two readings is judged by the next scan.
      if (owned.get(row.id.toLowerCase()) !== 0) return []
      const control = controlling.has(row.appId.toLowerCase())
      const object = applicationObject(row, [factKey('applicationOwners', row.id)], { control: control ? 'yes' : 'no' })
      return [control ? { verdict: 'fail', object: { ...object, severity: 'high' } } : { verdict: 'warn', object }]
    })
    return overObjects(found, [factKey('applicationOwners', '')])
  },
})
