import { z } from 'zod'

/**
 * A Conditional Access policy as it may be sent: every property of the CSDL, none besides. What is left out of a new policy gets the
 * value that the service gives it. https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy
 */
const texts = z.array(z.string())
const optionalTexts = texts.optional()
const risk = z.enum(['low', 'medium', 'high', 'hidden', 'none'])
const filter = z.strictObject({ mode: z.enum(['include', 'exclude']), rule: z.string() })
const platform = z.enum(['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'all', 'linux'])
/** Several members of an enumeration, separated by commas. */
const flags = (...members: readonly string[]): z.ZodType<string> =>
  z.string().refine((value) => value.split(',').every((member) => members.includes(member)))
const odata = { '@odata.type': z.string().optional() }

const guests = z.strictObject({
  ...odata,
  guestOrExternalUserTypes: flags(
    'none',
    'internalGuest',
    'b2bCollaborationGuest',
    'b2bCollaborationMember',
    'b2bDirectConnectUser',
    'otherExternalUser',
    'serviceProvider',
  ).nullish(),
  externalTenants: z
    .strictObject({ '@odata.type': z.string().optional(), membershipKind: z.enum(['all', 'enumerated']), members: optionalTexts })
    .nullish(),
})

const conditions = z.strictObject({
  ...odata,
  applications: z
    .strictObject({
      ...odata,
      includeApplications: optionalTexts,
      excludeApplications: optionalTexts,
      includeUserActions: optionalTexts,
      includeAuthenticationContextClassReferences: optionalTexts,
      applicationFilter: filter.nullish(),
    })
    .nullish(),
  users: z
    .strictObject({
      ...odata,
      includeUsers: optionalTexts,
      excludeUsers: optionalTexts,
      includeGroups: optionalTexts,
      excludeGroups: optionalTexts,
      includeRoles: optionalTexts,
      excludeRoles: optionalTexts,
      includeGuestsOrExternalUsers: guests.nullish(),
      excludeGuestsOrExternalUsers: guests.nullish(),
    })
    .nullish(),
  clientApplications: z
    .strictObject({
      ...odata,
      includeServicePrincipals: optionalTexts,
      excludeServicePrincipals: optionalTexts,
      servicePrincipalFilter: filter.nullish(),
    })
    .nullish(),
  clientAppTypes: z
    .array(z.enum(['all', 'browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'easSupported', 'other']))
    .optional(),
  platforms: z
    .strictObject({ ...odata, includePlatforms: z.array(platform).optional(), excludePlatforms: z.array(platform).optional() })
    .nullish(),
  locations: z.strictObject({ ...odata, includeLocations: optionalTexts, excludeLocations: optionalTexts }).nullish(),
  devices: z.strictObject({ ...odata, deviceFilter: filter.nullish() }).nullish(),
  userRiskLevels: z.array(risk).optional(),
  signInRiskLevels: z.array(risk).optional(),
  servicePrincipalRiskLevels: z.array(risk).optional(),
  insiderRiskLevels: flags('minor', 'moderate', 'elevated').nullish(),
  authenticationFlows: z
    .strictObject({ ...odata, transferMethods: flags('none', 'deviceCodeFlow', 'authenticationTransfer').nullish() })
    .nullish(),
})

const grantControls = z.strictObject({
  ...odata,
  operator: z.enum(['AND', 'OR']).nullish(),
  builtInControls: z
    .array(
      z.enum([
        'block',
        'mfa',
        'compliantDevice',
        'domainJoinedDevice',
        'approvedApplication',
        'compliantApplication',
        'passwordChange',
        'riskRemediation',
      ]),
    )
    .optional(),
  customAuthenticationFactors: optionalTexts,
  termsOfUse: optionalTexts,
  /** Named by its id; whatever else is sent of it is passed over. */
  authenticationStrength: z.looseObject({ id: z.string() }).nullish(),
  'authenticationStrength@odata.context': z.string().optional(),
})

const enabled = { ...odata, isEnabled: z.boolean().nullish() }
const sessionControls = z.strictObject({
  ...odata,
  applicationEnforcedRestrictions: z.strictObject(enabled).nullish(),
  cloudAppSecurity: z
    .strictObject({ ...enabled, cloudAppSecurityType: z.enum(['mcasConfigured', 'monitorOnly', 'blockDownloads']).nullish() })
    .nullish(),
  disableResilienceDefaults: z.boolean().nullish(),
  persistentBrowser: z.strictObject({ ...enabled, mode: z.enum(['always', 'never']).nullish() }).nullish(),
  secureSignInSession: z.strictObject(enabled).nullish(),
  signInFrequency: z
    .strictObject({
      ...enabled,
      value: z.number().int().positive().nullish(),
      type: z.enum(['days', 'hours']).nullish(),
      authenticationType: z.enum(['primaryAndSecondaryAuthentication', 'secondaryAuthentication']).nullish(),
      frequencyInterval: z.enum(['timeBased', 'everyTime']).nullish(),
    })
    .nullish(),
})

/** What a request to make or to change a policy may hold. */
export const sentPolicySchema = z.strictObject({
  displayName: z.string().min(1).optional(),
  state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']).optional(),
  conditions: conditions.optional(),
  grantControls: grantControls.nullish(),
  sessionControls: sessionControls.nullish(),
  templateId: z.null().optional(),
})
export type SentPolicy = z.infer<typeof sentPolicySchema>
