import type { Planter } from './planter.ts'

/** Templates of directory settings with what Microsoft fills in (https://learn.microsoft.com/entra/identity/users/groups-settings-cmdlets). */
const templates = {
  'Password Rule Settings': {
    templateId: '5cf42378-d67d-4f36-ba46-e8b86229381d',
    values: {
      BannedPasswordCheckOnPremisesMode: 'Audit',
      EnableBannedPasswordCheckOnPremises: 'False',
      EnableBannedPasswordCheck: 'False',
      LockoutDurationInSeconds: '60',
      LockoutThreshold: '10',
      BannedPasswordList: '',
    },
  },
  'Group.Unified': {
    templateId: '62375ab9-6b52-47ed-826b-58e47e0e304b',
    values: {
      NewUnifiedGroupWritebackDefault: 'true',
      EnableMIPLabels: 'False',
      CustomBlockedWordsList: '',
      EnableMSStandardBlockedWords: 'False',
      ClassificationDescriptions: '',
      DefaultClassification: '',
      PrefixSuffixNamingRequirement: '',
      AllowGuestsToBeGroupOwner: 'False',
      AllowGuestsToAccessGroups: 'True',
      GuestUsageGuidelinesUrl: '',
      GroupCreationAllowedGroupId: '',
      AllowToAddGuests: 'True',
      UsageGuidelinesUrl: '',
      ClassificationList: '',
      EnableGroupCreation: 'True',
    },
  },
  'Consent Policy Settings': {
    templateId: 'dffd5d46-495d-40a9-8e21-954ff55e198a',
    values: {
      EnableGroupSpecificConsent: 'True',
      BlockUserConsentForRiskyApps: 'True',
      EnableAdminConsentRequests: 'False',
      ConstrainGroupSpecificConsentToMembersOfGroupId: '',
    },
  },
} as const

/** A settings object exists only once somebody changed something; `changes` says what. */
export function plantGroupSetting(planter: Planter, name: keyof typeof templates, changes: Readonly<Record<string, string>>): void {
  const { templateId, values } = templates[name]
  planter.put('groupSettings', {
    id: planter.id(`setting/${name}`),
    displayName: name,
    templateId,
    values: Object.entries({ ...values, ...changes }).map(([key, value]) => ({ name: key, value })),
  })
}
