import { defineCheck } from '../../check.ts'
import { consentPage } from '../../rules/application-objects.ts'
import { consentRules, directorySwitch } from '../../rules/directory-settings.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const groupOwnersConsentOff = defineCheck({
  id: 'group-owners-consent-off',
  code: 'APP-41',
  area: 'applications',
  severity: 'medium',
  title: 'Owners of groups do not let applications into their groups',
  failTitle: 'Owners of groups may let applications into their groups',
  why: 'The owner of a team may then give an application the messages and files of everybody in it. One careless or deceived owner is enough.',
  reasons: {
    notSaid,
    right: 'Consent by owners of groups is switched off.',
    wrong: 'Consent by owners of groups is switched on, as it is where nobody ever changed it.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Open Consent and permissions, User consent settings.',
    'Set Group owner consent for apps accessing data to Do not allow group owner consent.',
    'In Teams, let administrators decide about apps that ask for permissions of a team.',
  ],
  portal: consentPage,
  frameworks: { eidsca: ['EIDSCA.CP01'], zeroTrust: ['21810'], attack: ['T1528'] },

  needs: ['groupSettings'],
  judge({ groupSettings }) {
    return judgeSetting('groupSettings', stands(directorySwitch(groupSettings, consentRules, 'EnableGroupSpecificConsent', true), false))
  },
})
