import { synchronization } from './default-access.ts'
import type { Planter } from './planter.ts'
import { collection } from './tenant.ts'
import type { Row } from './tenant.ts'

/** Domains with a story, and how the directory is synchronised. */
export function plantContosoDomains(planter: Planter): void {
  const { tenant } = planter
  const template = collection(tenant, 'domains').get(tenant.domain)
  const domain = (id: string, properties: Readonly<Record<string, unknown>>): Row =>
    planter.put('domains', { ...template, isDefault: false, isInitial: false, supportedServices: ['Email'], ...properties, id })
  // Passwords end after a quarter, so people count up at the end of them.
  domain('contoso-works.example', { passwordValidityPeriodInDays: 90 })
  // Bought and never verified.
  domain('contoso-shop.example', { isVerified: false, supportedServices: [] })
  // Its sign-in server says by itself whether there was a second factor, and is believed.
  domain('contoso-plant.example', { authenticationType: 'Federated', passwordValidityPeriodInDays: null })
  planter.put('federationConfigurations', {
    id: planter.id('federation/plant'),
    domainId: 'contoso-plant.example',
    displayName: 'Plant sign-in server',
    issuerUri: 'http://sts.contoso-plant.example/adfs/services/trust',
    metadataExchangeUri: 'https://sts.contoso-plant.example/adfs/services/trust/mex',
    passiveSignInUri: 'https://sts.contoso-plant.example/adfs/ls/',
    activeSignInUri: 'https://sts.contoso-plant.example/adfs/services/trust/2005/usernamemixed',
    signOutUri: 'https://sts.contoso-plant.example/adfs/ls/',
    preferredAuthenticationProtocol: 'wsFed',
    signingCertificate: 'MIIC',
    nextSigningCertificate: null,
    passwordResetUri: null,
    promptLoginBehavior: 'nativeSupport',
    isSignedAuthenticationRequestRequired: false,
    federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp',
    signingCertificateUpdateStatus: null,
  })
  // Password hashes are synced, but whoever makes the right object in Active Directory takes over an account in the cloud.
  planter.amend('directory/onPremisesSynchronization', tenant.id, {
    features: synchronization({ passwordSyncEnabled: true, passwordWritebackEnabled: true }),
  })
}
