import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { enterpriseObject, enterprisePage, overRows } from '../../rules/application-objects.ts'
import { isMicrosofts } from '../../rules/first-party.ts'
import { distinctCertificates, ownSecrets } from '../../rules/token-signing.ts'

/** Kinds whose credentials are kept by somebody else; one that we do not know counts as an application. */
const otherTypes: readonly string[] = ['managedidentity', 'legacy', 'socialidp']

export const enterpriseAppOwnCredentials = defineCheck({
  id: 'enterprise-app-own-credentials',
  code: 'APP-08',
  area: 'applications',
  severity: 'high',
  title: 'Credentials stand on app registrations, not on enterprise applications',
  failTitle:
    '{count, plural, one {# enterprise application has} other {# enterprise applications have}} credentials of {count, plural, one {its} other {their}} own',
  why: 'The admin centre shows the credentials of an app registration and hides those of an enterprise application. A credential there is a known way to stay in a tenant, above all on an application that somebody else publishes.',
  reasons: {
    none: 'No enterprise application has a secret or certificate of its own, apart from certificates that sign SAML tokens.',
    some: '{count, plural, one {# enterprise application has} other {# enterprise applications have}} a secret or certificate of {count, plural, one {its} other {their}} own.',
  },
  objectReason:
    '{secrets, plural, one {# secret} other {# secrets}} and {certificates, plural, one {# certificate} other {# certificates}}, which the admin centre does not show{ours, select, yes {} other {, on an application of another publisher}}.',
  remediation: [
    'Ask who added the credential and what uses it; the audit log says “Add service principal credentials”.',
    'Move your own applications to a credential on their app registration.',
    'Remove the credential with Microsoft Graph or PowerShell.',
  ],
  portal: enterprisePage,
  frameworks: { zeroTrust: ['21896'], attack: ['T1098.001'] },

  each: ['enterpriseApplications'],
  needs: ['organization'],
  summary: overRows,
  judge({ row }, { organization }): RowVerdict {
    const isApplication = !otherTypes.includes(row.servicePrincipalType?.toLowerCase() ?? '')
    if (!isApplication || isMicrosofts(row.appOwnerOrganizationId)) return []
    const usesSaml = sameId(row.preferredSingleSignOnMode ?? '', 'saml')
    // SAML signs its tokens with a certificate here; it has no use for a secret.
    const [secrets, certificates] = [ownSecrets(row).length, usesSaml ? 0 : distinctCertificates(row.keyCredentials).length]
    if (secrets + certificates === 0) return []
    const isOurs = organization.some(({ id }) => row.appOwnerOrganizationId !== null && sameId(id, row.appOwnerOrganizationId))
    const values = { secrets, certificates, ours: isOurs ? 'yes' : 'no' }
    const object = enterpriseObject(row, [factKey('servicePrincipals', row.id)], values)
    return [{ verdict: 'fail', object: isOurs ? { ...object, severity: 'medium' } : object }]
  },
})
