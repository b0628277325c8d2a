import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { ownReasons, peoplePage } from '../../rules/own-identity.ts'
import { principalOf } from '../../rules/privileged.ts'

export const aidAccountPlain = defineCheck({
  id: 'aid-account-plain',
  code: 'AID-04',
  area: 'authentication',
  severity: 'medium',
  perObject: true,
  title: 'The Aid is a plain cloud account that holds its roles itself and owns nothing',
  failTitle: '{count, plural, one {One thing makes} other {# things make}} the Aid more than a plain account',
  why: 'Who looks after a group, a directory on premises or a mailbox of the Aid has a way to it. What it owns it can change without any role.',
  reasons: {
    ...ownReasons,
    noRole: 'The Aid holds no directory role, so what is read about holders of roles says nothing about it.',
    none: 'The Aid is a cloud account of this tenant without a licence, holds its roles itself and owns no application and no group with a role.',
    some: '{count, plural, one {This makes} other {These # things make}} the Aid more than a plain account.',
  },
  objectReason:
    '{what, select, group {It holds {detail} through a group.} owns {It owns {detail}.} synced {It is synchronised from on premises.} guest {It is a guest.} other {It has {detail, plural, one {# licence} other {# licences}}.}}',
  remediation: [
    'Assign the roles to the account itself and take it out of the group.',
    'Remove it as an owner. Make the Aid a cloud account of its own without any licence.',
  ],
  portal: peoplePage,
  frameworks: {},

  needs: ['privilegedPrincipals', 'privilegedAccounts', 'applicationOwnership', 'roleGroupOwners'],
  judge({ privilegedPrincipals, privilegedAccounts, applicationOwnership, roleGroupOwners }, { settings: { own } }) {
    if (!own) return { verdict: 'notApplicable', reason: 'notConnected', values: {} }
    const account = privilegedAccounts.find(({ id }) => sameId(id, own.aidId))
    if (!account) return { verdict: 'notApplicable', reason: 'noRole', values: {} }
    const aid = principalOf(privilegedPrincipals, own.aidId)
    const object = (what: string, part: string, detail: string | number, basis: AffectedObject['basis']): AffectedObject => {
      return { type: 'user', id: own.aidId, name: aid?.name ?? own.aidId, part: `${what}${part}`, values: { what, detail }, basis }
    }
    const objects = [
      ...(aid?.holds ?? [])
        .filter(({ via }) => via.length > 0)
        .map(({ roleId, roleName, basis }) => object('group', `/${roleId}`, roleName, basis)),
      ...applicationOwnership
        .filter(({ owners }) => owners.some(({ id }) => sameId(id, own.aidId)))
        .map(({ id, name, basis }) => object('owns', `/${id}`, name, [basis])),
      ...roleGroupOwners
        .filter(({ id }) => sameId(id, own.aidId))
        .map((row) => object('owns', `/${row.parentId}`, row.parentId, [factKey('roleGroupOwners', `${row.parentId}/${row.id}`)])),
      ...(account.isSynced ? [object('synced', '', '', [account.basis])] : []),
      ...(account.isGuest ? [object('guest', '', '', [account.basis])] : []),
      ...(account.licences > 0 ? [object('licensed', '', account.licences, [account.basis])] : []),
    ]
    const values = { count: objects.length }
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values, basis: [account.basis] }
    return { verdict: 'warn', reason: 'some', values, objects, basis: [account.basis] }
  },
})
