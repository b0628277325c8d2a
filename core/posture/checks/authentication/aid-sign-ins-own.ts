import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { signInsOfAid } from '../../rules/aid-sign-ins.ts'
import { ownReasons, peoplePage } from '../../rules/own-identity.ts'

export const aidSignInsOwn = defineCheck({
  id: 'aid-sign-ins-own',
  code: 'AID-05',
  area: 'authentication',
  severity: 'high',
  perObject: true,
  title: 'The Aid signs in through Countersign Act only, and from where it was connected',
  failTitle: 'The Aid signed in {count, plural, one {in one way} other {in # ways}} that Countersign does not use',
  why: 'Countersign signs the Aid in through Countersign Act when somebody connects it, and at no other time. Any other sign-in is a person with its password, who can change what the Aid may change and needs no countersignature.',
  reasons: {
    ...ownReasons,
    none: 'Of the sign-ins of the last 30 days that Microsoft Graph lists, none since the Aid was connected went through another application or came from another country outside the trusted locations.',
    application: '{count, plural, one {One kind of sign-in is} other {# kinds of sign-ins are}} not Countersign’s.',
    place: '{count, plural, one {One sign-in place is} other {# sign-in places are}} not that from which the Aid was connected.',
  },
  objectReason:
    '{kind, select, application {Through {through}} other {From {through}}}{times, plural, one {} other {, # times}}, last on {last, date, long}, address {address}.',
  remediation: [
    'Find out who signed in. Where nobody can say, revoke the sessions of the Aid, give it a new password and new methods, and connect it anew.',
    'Compare what the audit log says the Aid did with the receipts.',
    'Where the Aid signs in from a network of yours, make that a trusted named location.',
  ],
  portal: peoplePage,
  frameworks: { attack: ['T1078.004'] },
  licence: 'p1',
  worseWhen: { times: 'higher' },

  needs: ['aidSignIns', 'namedLocations'],
  judge({ aidSignIns, namedLocations }, { settings: { own } }) {
    if (!own) return { verdict: 'notApplicable', reason: 'notConnected', values: {} }
    const { own: ours, otherApplications, otherPlaces } = signInsOfAid(aidSignIns, own, namedLocations)
    const objects = [...otherApplications, ...otherPlaces]
    const basis = [factKey('aidSignIns', ''), ...ours.slice(0, 20).map(({ id }) => factKey('aidSignIns', id))]
    const values = { count: objects.length }
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values, basis }
    if (otherApplications.length === 0) return { verdict: 'warn', reason: 'place', values, objects, basis }
    return { verdict: 'fail', reason: 'application', values, objects, basis }
  },
})
