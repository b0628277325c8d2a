import { defineCheck } from '../../check.ts'
import { enterprisePage } from '../../rules/application-objects.ts'
import { judgeWays } from '../../rules/take-over-ways.ts'

export const privilegedAppHasOwners = defineCheck({
  id: 'privileged-app-has-owners',
  code: 'APP-18',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'Nobody can take over the tenant through an application',
  failTitle: '{people, plural, one {# person can} other {# people can}} take over the tenant through an application',
  why: 'An owner may add a credential to the application and sign in as it. Whoever holds a role over applications may do so to all of them, and whoever owns a group with that role can take it. Where an application holds a permission or a role of the control plane, each of them is as good as a Global Administrator, and no review of administrators shows it.',
  reasons: {
    none: 'No application that reaches the control plane is owned by a person, and nobody has a role over one.',
    some: '{count, plural, one {One way leads} other {# ways lead}} through an application to the control of the tenant, from {owners, plural, =0 {nobody who owns one} one {one person who owns one} other {# people who own one}}, {groupOwners, plural, =0 {nobody} one {one owner} other {# owners}} of a group with a role over applications, and {holders, plural, =0 {no holder} one {one holder} other {# holders}} of such a role.',
  },
  objectReason:
    '{steps, plural, =1 {{owner} owns {through, select, application {its app registration} other {it}}, can sign in as it, and it has {power, select, role {the role} other {the permission}} {value}} other {{way}}}{others, plural, =0 {} one {, and to # application more} other {, and to # applications more}}{more, plural, =0 {} one { and # more like it} other { and # more like it}}.',
  remediation: [
    'Take the permission or the role away where the application works without it.',
    'Otherwise remove its owners, and keep roles over all applications with those who control the tenant already; give others a role over the one application that they look after.',
    'Remove the owners of groups that hold a role over applications.',
    'Block the adding of secrets with an app management policy.',
  ],
  portal: enterprisePage,
  frameworks: { attack: ['T1098.001'] },

  needs: ['takeOverPaths'],
  judge: ({ takeOverPaths }) => judgeWays(takeOverPaths),
})
