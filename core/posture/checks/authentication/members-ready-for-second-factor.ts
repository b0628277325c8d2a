import { defineCheck } from '../../check.ts'
import { sameId } from '../../rows/graph-values.ts'
import { personObject } from '../../rules/people.ts'

export const membersReadyForSecondFactor = defineCheck({
  id: 'members-ready-for-second-factor',
  code: 'AM-11',
  area: 'authentication',
  severity: 'high',
  licence: 'p1',

  title: 'Everybody is ready for a second factor',
  failTitle: '{count, plural, one {# person has} other {# people have}} registered no second factor that they may use',
  why: 'Whoever has no second factor cannot be asked for one, and whoever steals the password registers their own.',
  reasons: {
    ready: 'Each member in the registration report can use a second factor.',
    missing: '{count, plural, one {# member} other {# members}} in the registration report cannot use a second factor.',
  },
  objectReason:
    'Has no second factor that the policies allow{isAdmin, select, true {, and is an administrator} other {}} ({userPrincipalName}).',
  remediation: [
    'Begin with administrators: hand out a temporary access pass and let them register.',
    'Start a registration campaign for everybody else.',
    'Disable accounts that belong to nobody.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/UserRegistrationDetails',

  frameworks: { cis: ['5.2.3.4'], zeroTrust: ['21801', '21893'], attack: ['T1110'] },

  each: ['registrationDetails'],
  needs: [],
  judge({ row }) {
    // A kind of person that we do not know is not left out.
    if (row.isMfaCapable || sameId(row.userType ?? '', 'guest')) return []
    const isAdmin = row.isAdmin === true
    return [
      {
        verdict: 'fail',
        object: personObject(
          'registrationDetails',
          { ...row, displayName: row.userDisplayName },
          { isAdmin: String(isAdmin) },
          isAdmin ? 'critical' : 'high',
        ),
      },
    ]
  },
  summary: { pass: 'ready', fail: 'missing', warn: 'missing' },
})
