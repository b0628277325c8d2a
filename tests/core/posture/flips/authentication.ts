import type { FactRow } from '../../../../core/posture/facts.ts'
import { soundPolicies } from '../../../build/sound-policies.ts'
import { flip, notIt } from './flip.ts'
import type { Field, Flips } from './flip.ts'

const withoutStrength: readonly FactRow<'conditionalAccessPolicies'>[] = soundPolicies.filter(({ id }) => id !== 'strong')
const methods = (path: string, to: unknown, verdict: Field['verdict'] = 'fail', bears: Field['bears'] = {}): Field =>
  flip('authenticationMethodsPolicy', 'authenticationMethodsPolicy', path, to, verdict, bears)
/** By their places in the sound tenant. */
const method = { sms: 0, voice: 1, email: 2, authenticator: 3, fido2: 4, temporaryAccessPass: 5 }
const of = (name: keyof typeof method, path: string): string => `authenticationMethodConfigurations.${method[name]}.${path}`
const password = (index: number, to: string, bears: Field['bears'] = {}): Field =>
  flip('groupSettings', 'settings-passwords', `values.${index}.value`, to, 'fail', bears)

/** Authentication methods, passwords, and what Microsoft counts in the secure score. */
export const authenticationFlips: Flips = {
  'AM-01': {
    fields: [methods('policyMigrationState', 'preMigration', 'fail', { null: 'a tenant so new that there never was an older policy' })],
  },
  'AM-02': {
    fields: [methods(of('sms', 'state'), 'enabled'), methods(of('voice', 'state'), 'enabled'), methods(of('email', 'state'), 'enabled')],
  },
  'AM-03': {
    given: { conditionalAccessPolicies: withoutStrength },
    fields: [
      methods(of('authenticator', 'featureSettings.displayAppInformationRequiredState.state'), 'disabled'),
      methods(of('authenticator', 'featureSettings.displayLocationInformationRequiredState.includeTarget.id'), 'team'),
      methods(of('authenticator', 'featureSettings.displayAppInformationRequiredState.excludeTarget'), { id: 'team' }, 'fail', {
        absent: 'nobody is left out',
      }),
      methods(of('authenticator', 'isSoftwareOathEnabled'), true),
    ],
  },
  'AM-05': {
    fields: [
      methods(of('fido2', 'isAttestationEnforced'), false),
      methods(of('fido2', 'keyRestrictions.aaGuids'), [], 'fail', { unknownWord: 'any word may be the id of a make' }),
      methods(of('fido2', 'keyRestrictions.enforcementType'), 'block'),
      methods(of('fido2', 'state'), 'disabled'),
    ],
  },
  'AM-06': {
    fields: [methods(of('temporaryAccessPass', 'isUsableOnce'), false), methods(of('temporaryAccessPass', 'state'), 'disabled', 'warn')],
  },
  'AM-07': {
    fields: [
      methods('reportSuspiciousActivitySettings.state', 'disabled'),
      methods('reportSuspiciousActivitySettings.includeTarget.id', 'team'),
    ],
  },
  'AM-10': { fields: [methods(of('fido2', 'excludeTargets'), [{ id: 'left' }], 'fail', { empty: 'nobody is left out' })] },
  'AM-11': { fields: [flip('registrationDetails', 'carol', 'isMfaCapable', false)] },
  'AM-12': { fields: [flip('registrationDetails', 'alice', 'methodsRegistered', ['mobilePhone'])] },
  'AM-13': { fields: [flip('registrationDetails', 'bg1', 'methodsRegistered', ['mobilePhone'])] },
  'AM-15': { fields: [flip('authorizationPolicy', 'authorizationPolicy', 'allowedToUseSSPR', true)] },
  'PW-01': {
    fields: [
      flip('domains', 'contoso.com', 'passwordValidityPeriodInDays', 90, 'fail', {
        null: 'the default of the service is that none expires',
      }),
    ],
  },
  'PW-02': { fields: [password(0, 'False'), password(1, '', { unknownWord: 'any word may be forbidden' })] },
  'PW-03': { fields: [password(2, 'False'), password(3, 'Audit')] },
  'PW-04': { fields: [password(4, '20'), password(4, '0')] },
  'PW-05': { fields: [password(5, '30')] },
  'PW-06': {
    fields: [
      flip('users', 'carol', 'passwordPolicies', 'DisablePasswordExpiration, DisableStrongPassword', 'warn', {
        ...notIt,
        empty: 'no policy of its own',
      }),
    ],
  },
  'SC-01': { fields: [flip('secureScores', 'today', 'controlScores.0.score', 0, 'warn')] },
  'AID-04': { fields: [flip('users', 'aid', 'onPremisesSyncEnabled', true, 'warn')] },
  'AID-05': {
    fields: [
      flip('aidSignIns', 'later', 'appId', 'client-of-portal'),
      flip('aidSignIns', 'later', 'location', { countryOrRegion: 'BR' }, 'warn'),
    ],
  },
}
