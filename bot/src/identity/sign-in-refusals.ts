import type { StopKind } from '@countersign/core/posture/rules/policies-that-stop.ts'

/** What stands in the way of a sign-in, as far as the number of the refusal tells. */
export type RefusalKind =
  StopKind | 'sessionEnded' | 'password' | 'disabled' | 'noAccount' | 'locked' | 'consent' | 'assignment' | 'registration' | 'other'

export interface SignInRefusal {
  readonly kind: RefusalKind
  /** Sentence for a person: what happened and what to do. */
  readonly sentence: string
  /** The refresh token will never work again; one that a policy only holds back may, once the policy is changed. */
  readonly revokes?: true
}

/** learn.microsoft.com/entra/identity-platform/reference-error-codes */
const refusals: Readonly<Record<string, SignInRefusal>> = {
  '50005': { kind: 'device', sentence: 'Conditional Access does not know the platform of the device. Sign in from a supported one.' },
  '50020': { kind: 'noAccount', sentence: 'The tenant has no such account.' },
  '50034': { kind: 'noAccount', sentence: 'The account no longer exists in the tenant.' },
  '50053': {
    kind: 'locked',
    sentence: 'The account is locked after too many attempts, or the address is known for attacks. Try again later.',
  },
  '50055': { kind: 'password', sentence: 'The password of the account has expired. Change it and sign in again.' },
  '50057': { kind: 'disabled', sentence: 'The account is disabled. An administrator must enable it in Entra.' },
  '50072': { kind: 'multiFactor', sentence: 'The account must enrol in multifactor authentication. Sign in again.' },
  '50074': { kind: 'multiFactor', sentence: 'Conditional Access asks for multifactor authentication. Sign in again.' },
  '50076': { kind: 'multiFactor', sentence: 'Conditional Access asks for multifactor authentication. Sign in again.' },
  '50078': { kind: 'multiFactor', sentence: 'The multifactor authentication of this sign-in has expired. Sign in again.' },
  '50079': { kind: 'multiFactor', sentence: 'The account must register for multifactor authentication. Sign in again.' },
  '50097': {
    kind: 'device',
    sentence: 'Conditional Access asks for a registered device. Sign in from one, or change the policy for this account.',
  },
  '50105': { kind: 'assignment', sentence: 'The application asks for an assignment that the account does not have. Assign it in Entra.' },
  '50129': { kind: 'device', sentence: 'The device is not registered with the tenant. Sign in from one that is.' },
  '50131': {
    kind: 'blocked',
    sentence: 'A Conditional Access policy or a limit on devices blocks this account. The sign-in log of the account in Entra names it.',
  },
  '50132': {
    kind: 'sessionEnded',
    sentence: 'The session was revoked, for example after a password change. Sign in again.',
    revokes: true,
  },
  '50133': { kind: 'sessionEnded', sentence: 'The session expired after a password change. Sign in again.', revokes: true },
  '50142': {
    kind: 'risk',
    sentence: 'Conditional Access asks for a new password, because the account is at risk. Change it and sign in again.',
  },
  '50144': { kind: 'password', sentence: 'The Active Directory password of the account has expired. Change it and sign in again.' },
  '50158': {
    kind: 'external',
    sentence: 'Terms of use or a check of another service are not fulfilled. Sign in again and go through them.',
  },
  '50173': { kind: 'sessionEnded', sentence: 'All sessions of this account were revoked. Sign in again.', revokes: true },
  '53000': {
    kind: 'device',
    sentence: 'Conditional Access asks for a compliant device. Sign in from one, or change the policy for this account.',
  },
  '53001': {
    kind: 'device',
    sentence: 'Conditional Access asks for a device that has joined the domain. Sign in from one, or change the policy for this account.',
  },
  '53002': { kind: 'device', sentence: 'Conditional Access asks for an approved application. Change the policy for this account.' },
  '53003': {
    kind: 'blocked',
    sentence: 'A Conditional Access policy blocks this account. The sign-in log of the account in Entra names the policy.',
  },
  '53004': {
    kind: 'risk',
    sentence: 'The account is at risk and cannot register for multifactor authentication from here. Ask an administrator.',
  },
  '53009': {
    kind: 'device',
    sentence: 'Conditional Access asks for an application with a protection policy. Change the policy for this account.',
  },
  '53011': { kind: 'risk', sentence: 'The account is blocked, because it is at risk. An administrator must look into the risk in Entra.' },
  '65001': { kind: 'consent', sentence: 'An administrator must grant the permissions of this application in Entra.' },
  '65004': { kind: 'consent', sentence: 'Consent was declined. An administrator must grant the permissions of this application in Entra.' },
  '70008': { kind: 'sessionEnded', sentence: 'The sign-in was not used for too long. Sign in again.', revokes: true },
  '70043': {
    kind: 'signInFrequency',
    sentence: 'Conditional Access limits how long a sign-in lasts, and that time is over. Sign in again.',
  },
  '70044': {
    kind: 'signInFrequency',
    sentence: 'The session is over, or Conditional Access limits how long a sign-in lasts. Sign in again.',
  },
  '70046': { kind: 'signInFrequency', sentence: 'The session has expired, or a new sign-in was asked for and failed. Sign in again.' },
  '90094': { kind: 'consent', sentence: 'An administrator must grant the permissions of this application in Entra.' },
  '500121': { kind: 'multiFactor', sentence: 'The second step of the sign-in failed. Sign in again.' },
  '500342': { kind: 'noAccount', sentence: 'The account was deleted from the tenant.' },
  '530032': {
    kind: 'blocked',
    sentence: 'A security policy of the tenant blocks this account. The sign-in log of the account in Entra names it.',
  },
  '700082': { kind: 'sessionEnded', sentence: 'The sign-in was not used for too long. Sign in again.', revokes: true },
  '700016': {
    kind: 'registration',
    sentence: 'The tenant does not know the application id of this registration. Whoever runs this service corrects it.',
  },
  '7000112': { kind: 'registration', sentence: 'The application is disabled in the tenant. An administrator must enable it in Entra.' },
  '7000215': { kind: 'registration', sentence: 'The secret of the registration is wrong. Whoever runs this service corrects it.' },
  '7000222': {
    kind: 'registration',
    sentence: 'The secret of the registration has expired. Whoever runs this service makes a new one in Entra.',
  },
}

/** What a refusal means, by its AADSTS number; one that is not known asks for a new sign-in. */
export function refusalOf(code: string): SignInRefusal {
  return refusals[code] ?? { kind: 'other', sentence: 'The sign-in has ended. Sign in again.' }
}
