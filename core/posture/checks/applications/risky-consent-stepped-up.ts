import { defineCheck } from '../../check.ts'
import { consentPage } from '../../rules/application-objects.ts'
import { consentRules, directorySwitch } from '../../rules/directory-settings.ts'
import { aboutTenant, all, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const riskyConsentSteppedUp = defineCheck({
  id: 'risky-consent-stepped-up',
  code: 'APP-42',
  area: 'applications',
  severity: 'medium',
  title: 'A risky request for consent goes to an administrator',
  failTitle: 'People may agree to requests for consent that Microsoft finds risky',
  why: 'Microsoft recognises many requests of consent phishing. Where the step-up is off, people may agree to them all the same.',
  reasons: {
    notSaid,
    right: 'Requests that Microsoft finds risky need the consent of an administrator.',
    wrong: 'People may agree to requests that Microsoft finds risky: {switches}.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Set allowUserConsentForRiskyApps of the authorization policy to false with Microsoft Graph; the portal does not show it.',
    'Set BlockUserConsentForRiskyApps to True in the directory setting Consent Policy Settings, or remove that setting.',
    'Switch on the admin consent workflow, so that people can ask.',
  ],
  portal: consentPage,
  frameworks: { eidsca: ['EIDSCA.CP03', 'EIDSCA.AP09'], attack: ['T1528'] },

  needs: ['groupSettings', 'authorizationPolicy'],
  judge({ groupSettings, authorizationPolicy }) {
    const blocks = directorySwitch(groupSettings, consentRules, 'BlockUserConsentForRiskyApps', true)
    // Null is how Graph writes "never switched on"; it is only never taken for true.
    const allows = authorizationPolicy.some(({ allowUserConsentForRiskyApps }) => allowUserConsentForRiskyApps === true)
    const off = blocks === false ? ['BlockUserConsentForRiskyApps is False'] : []
    const switches = [...off, ...(allows ? ['allowUserConsentForRiskyApps is true'] : [])].join(', ')
    const isRight = all(stands(blocks, true), authorizationPolicy.length === 0 ? null : !allows)
    return judgeSetting(blocks === false || !allows ? 'groupSettings' : 'authorizationPolicy', isRight, { switches })
  },
})
