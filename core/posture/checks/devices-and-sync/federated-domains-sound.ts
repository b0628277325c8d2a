import { defineCheck } from '../../check.ts'
import type { AffectedObject, Verdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import type { FactKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'

export const federatedDomainsSound = defineCheck({
  id: 'federated-domains-sound',
  code: 'HY-04',
  area: 'devicesAndSync',
  severity: 'high',
  title: 'Federated domains cannot vouch for a second factor',
  failTitle: '{count, plural, one {A domain} other {# domains}} may be abused for false sign-ins',
  why: 'A federation server that may say "the second factor is done" lets its attacker sign in as anybody. A domain that nobody proved to own can be claimed by somebody else.',
  reasons: {
    right: 'No federated domain may vouch for a second factor, and every domain is verified.',
    unsound: '{count, plural, one {This domain needs} other {These domains need}} a look: {names}.',
  },
  objectReason:
    '{problem, select, trusting {Its federation may vouch for a second factor.} unsaid {It is federated, and nothing says whether its federation may vouch for a second factor.} other {Nobody has verified it.}}',
  remediation: [
    'Set federatedIdpMfaBehavior of each federation to rejectMfaByFederatedIdp.',
    'Move domains from federation to password hash synchronisation where you can.',
    'Verify or remove domains that nobody has verified.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/DomainsManagementMenuBlade/~/CustomDomainNames',
  frameworks: { zeroTrust: ['21829'], attack: ['T1484.002'] },

  needs: ['domains', 'federationConfigurations'],
  judge({ domains, federationConfigurations }): Verdict {
    const trusting = federationConfigurations.filter(({ federatedIdpMfaBehavior }) => federatedIdpMfaBehavior !== 'rejectMfaByFederatedIdp')
    const configured = new Set(federationConfigurations.map(({ parentId }) => parentId.toLowerCase()))
    const open = domains.filter(
      ({ id, authenticationType, isVerified }) =>
        isVerified && sameId(authenticationType, 'Federated') && !configured.has(id.toLowerCase()),
    )
    const unverified = domains.filter(({ isVerified }) => !isVerified)
    const objects: readonly AffectedObject[] = [
      ...trusting.map((row) => domainObject(row.parentId, 'trusting', factKey('federationConfigurations', `${row.parentId}/${row.id}`))),
      ...open.map(({ id }) => domainObject(id, 'unsaid', factKey('domains', id.toLowerCase()))),
      ...unverified.map(({ id }) => domainObject(id, 'unverified', factKey('domains', id.toLowerCase()))),
    ]
    const basis = [factKey('domains', ''), factKey('federationConfigurations', '')]
    const values = { count: objects.length, names: objects.map(({ name }) => name).join(', ') }
    return objects.length === 0
      ? { verdict: 'pass', reason: 'right', values, basis }
      : { verdict: 'warn', reason: 'unsound', values, objects, basis }
  },
})

function domainObject(id: string, problem: 'trusting' | 'unsaid' | 'unverified', key: FactKey): AffectedObject {
  return { type: 'tenant', id, name: id, part: problem, values: { problem }, basis: [key] }
}
