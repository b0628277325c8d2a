import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import type { FactRow } from '../../facts.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { consentPage, overObjects } from '../../rules/application-objects.ts'
import { selfConsentPolicies } from '../../rules/self-consent.ts'
import { judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const consentPolicyTooWide = defineCheck({
  id: 'consent-policy-too-wide',
  code: 'APP-44',
  area: 'applications',
  severity: 'high',
  title: 'No consent policy made here lets everything in',
  failTitle:
    '{count, plural, one {# consent policy} other {# consent policies}} made here {count, plural, one {lets} other {let}} everything in',
  why: 'A consent policy of your own replaces the careful ones of Microsoft. One that includes every permission for every publisher lets people give anything away.',
  reasons: {
    notSaid,
    none: 'No consent policy that was made here and holds for everybody includes every permission for every publisher.',
    some: '{count, plural, one {# consent policy} other {# consent policies}} that {count, plural, one {holds} other {hold}} for everybody {count, plural, one {includes} other {include}} every permission for every publisher.',
  },
  objectReason: 'Everybody may consent by it, to every permission of every publisher.',
  remediation: [
    'Let the policy include named permissions, or those of low impact, and verified publishers only.',
    'Or assign one of the policies of Microsoft to everybody instead.',
  ],
  portal: consentPage,
  frameworks: { attack: ['T1528'] },

  needs: ['permissionGrantPolicies', 'authorizationPolicy'],
  judge({ permissionGrantPolicies, authorizationPolicy }) {
    if (authorizationPolicy.length === 0) return judgeSetting('authorizationPolicy', null)
    const ours = selfConsentPolicies(authorizationPolicy).filter((id) => !id.startsWith('microsoft-'))
    const found = permissionGrantPolicies.flatMap(({ id, displayName, includes }): RowVerdict => {
      if (!ours.includes(id.toLowerCase()) || !includes.some(letsEverythingIn)) return []
      const basis = [factKey('permissionGrantPolicies', id), factKey('authorizationPolicy', '')]
      return [{ verdict: 'fail', object: { type: 'policy', id, name: nameOr(displayName, id), values: {}, basis } }]
    })
    // What a policy lets in that holds for everybody and is not among the answers, nobody can say.
    const missing = ours.filter((id) => !permissionGrantPolicies.some((policy) => policy.id.toLowerCase() === id))
    if (found.length === 0 && missing.length > 0) return judgeSetting('permissionGrantPolicies', null)
    return overObjects(found, [factKey('permissionGrantPolicies', ''), factKey('authorizationPolicy', '')])
  },
})

/** What limits a set to some permissions; 'all' does not, and a word that we do not know may not either. */
const classifications = ['low', 'medium', 'high']
const isWide = (words: readonly string[]) => words.length === 0 || words.some((word) => word.toLowerCase() === 'all')

function letsEverythingIn(set: FactRow<'permissionGrantPolicies'>['includes'][number]): boolean {
  const { permissions, clientApplicationIds, clientApplicationTenantIds, clientApplicationPublisherIds } = set
  return (
    [permissions, clientApplicationIds, clientApplicationTenantIds, clientApplicationPublisherIds].every(isWide) &&
    !classifications.includes((set.permissionClassification ?? '').toLowerCase()) &&
    set.clientApplicationsFromVerifiedPublisherOnly !== true
  )
}
