import { defineCheck } from '../../check.ts'
import { directorySetting, directorySwitch, passwordRules } from '../../rules/directory-settings.ts'
import { aboutTenant, all, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const bannedWordsListed = defineCheck({
  id: 'banned-words-listed',
  code: 'PW-02',
  area: 'authentication',
  severity: 'medium',
  title: 'Words of your own are banned from passwords',
  failTitle: 'No words of your own are banned from passwords',
  why: 'The name of the company and its town with a year are the first guesses of an attacker, and no list of Microsoft knows them.',
  reasons: {
    notSaid,
    right: 'The list of banned words is in use.',
    wrong: 'The list of banned words is switched off or empty.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Write down names of the company, its places, products and teams.',
    'In Password protection, set Enforce custom list to Yes, and enter them.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/PasswordProtection',
  frameworks: { cis: ['5.2.3.2'], eidsca: ['EIDSCA.PR03'], zeroTrust: ['21848'] },
  licence: 'p1',

  needs: ['groupSettings'],
  judge({ groupSettings }) {
    const isOn = directorySwitch(groupSettings, passwordRules, 'EnableBannedPasswordCheck', false)
    const words = directorySetting(groupSettings, passwordRules, 'BannedPasswordList')
    const hasWords = words === null ? null : words !== 'default' && words.trim() !== ''
    return judgeSetting('groupSettings', all(isOn, hasWords))
  },
})
