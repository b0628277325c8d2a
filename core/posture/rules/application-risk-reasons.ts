/** ICU messages of what weighs in the risk of an application; the values are those of the item. */
export const riskReasons = {
  role: 'It {active, select, yes {holds} other {can activate}} the role {name}{tier, select, control {, which controls the tenant} other {}}{groups, plural, =0 {} one {, through a group} other {, through # groups}}.',
  applicationPermission:
    'It has the application permission {name} of {resource}{tier, select, control {, which reaches the control of the tenant} management {, which reaches the management of a service} other {}}.',
  delegatedForEverybody:
    'It may use {name} of {resource} on behalf of everybody{tier, select, control {, which reaches the control of the tenant} other {}}.',
  delegatedForPeople:
    'It may use {name} of {resource} on behalf of {people, plural, one {one person} other {# people}}{tier, select, control {, which reaches the control of the tenant} other {}}.',
  secret:
    'A secret works{long, select, no {} unknown {, and nobody knows since when} other {, for longer than a year in all}}{where, select, servicePrincipal {; it stands on the enterprise application, where hardly anybody looks} other {}}.',
  certificate:
    'A certificate works{long, select, no {} other {, for longer than a year in all}}{where, select, servicePrincipal {; it stands on the enterprise application, where hardly anybody looks} other {}}.',
  federated: 'It trusts another identity provider: {name}.',
  expired: 'A credential has expired and was not removed.',
  guestOwner: '{name}, a guest, owns it.',
  goneOwner: '{name}, who owns it, is no longer in the directory.',
  disabledOwner: '{name}, who owns it, has a disabled account.',
  plainOwner: '{name} owns it and holds no privileged role, while the application reaches the control of the tenant.',
  applicationOwner: 'Another application, {name}, owns it.',
  noOwner: 'It is registered here and nobody owns it.',
  consentForEverybody: 'An administrator consented on behalf of everybody.',
  consentByPeople: '{people, plural, one {One person} other {Up to # people}} consented for themselves.',
  unverifiedPublisher: 'Nobody has verified who publishes it.',
  verifiedPublisher: 'It belongs to another organisation, whose name Microsoft has verified.',
  redirect:
    'Sign-ins may return to {uri}: {problem, select, insecure {unencrypted} wildcard {a wildcard} address {a bare address} other {a host that others can claim}}.',
  severalTenants: 'Other organisations can use it.',
  notLocked: 'Other organisations can use it, and its properties are not locked there.',
  implicitTokens: 'It gets tokens in the address of the browser (implicit grant).',
  openToEverybody: 'Everybody of the tenant can sign in to it, guests among them.',
} as const
export type RiskReason = keyof typeof riskReasons
