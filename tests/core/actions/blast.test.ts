import { describe, expect, it } from '@jest/globals'
import { blastReasons, blastSentences } from '@countersign/core/actions/blast.ts'
import { effectsOf, type Effect } from '@countersign/core/actions/blast/effects.ts'
import type { FactRows } from '@countersign/core/actions/blast/facts.ts'
import { withoutScan } from '@countersign/core/actions/blast/lines.ts'
import { createPolicy } from '@countersign/core/actions/catalogue/create-policy.ts'
import { policyTemplateIds } from '@countersign/core/actions/policy-templates.ts'
import { facts } from '@countersign/core/posture/facts.ts'
import { defaultSettings, settingsSchema } from '@countersign/core/posture/settings.ts'
import { planContext } from '../../build/action-cases.ts'
import { application, blockingPolicy, coveringPolicy, holding, member, servicePrincipal } from '../../build/facts.ts'
import { eligible, group, guest, mayJoin, registration, roleIds, schedule, user } from '../../build/people.ts'
import { fc } from '../../random.ts'
import { block, graphPrincipal, linesFor, lockedOut, ownedBy, permission, reasons, sentenceOf, subject, unreadIn } from './blast-facts.ts'

/** Ids of RoleManagement.ReadWrite.Directory and Mail.Read, as Microsoft Graph offers them to applications. */
const roleManagement = '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8'
const mailRead = '810c84a8-4a9e-49e6-bf7d-12d183f40d01'
const people = ['ada', 'bo', 'eva', 'aid'].map((id) => user(id))
const emergency = settingsSchema.parse({ exclusions: { users: ['eva'] } })

/** Global Administrators as rows of roles, with these people. */
function administrators(ids: readonly string[], change: FactRows = {}): FactRows {
  return { users: people, roleAssignments: ids.map((id) => holding(id)), ...change }
}

describe('the last Global Administrator', () => {
  const cases: readonly [string, FactRows, Effect, readonly string[], readonly string[]][] = [
    ['is blocked', administrators(['bo']), block('bo'), ['bo@contoso.com'], ['lastGlobalAdministrator']],
    ['is deleted', administrators(['bo']), block('bo', 'deleted'), ['bo@contoso.com'], ['lastGlobalAdministrator']],
    ['loses a way in', administrators(['bo']), block('bo', 'hindered'), ['bo@contoso.com'], ['lastGlobalAdministrator']],
    ['holds it through a group', groupHolds('bo'), block('bo'), ['bo@contoso.com'], ['lastGlobalAdministrator']],
    [
      'is the last enabled one',
      administrators(['bo', 'ada'], { users: [user('bo'), user('ada', { accountEnabled: false })] }),
      block('bo'),
      ['bo@contoso.com'],
      ['lastGlobalAdministrator'],
    ],
    [
      'is the last active one',
      administrators(['bo'], { roleEligibility: [eligible('ada')] }),
      block('bo'),
      ['bo@contoso.com'],
      ['lastGlobalAdministrator'],
    ],
    [
      'is beside one whose activation has ended',
      administrators(['bo', 'ada'], { roleAssignmentSchedules: [schedule('ada', { endDateTime: '2026-10-31T23:00:00Z' })] }),
      block('bo'),
      ['bo@contoso.com'],
      ['lastGlobalAdministrator'],
    ],
    ['loses the role', administrators(['bo']), role('bo'), ['bo@contoso.com'], ['lastGlobalAdministrator']],
    [
      'loses one of two ways to the role',
      { ...groupHolds('bo'), roleAssignments: [holding('team', 'group'), holding('bo')] },
      role('bo'),
      [],
      [],
    ],
    ['is in a group that loses the role', groupHolds('bo'), role('team'), ['bo@contoso.com'], ['lastGlobalAdministrator']],
    ['is not touched', administrators(['bo']), block('ada'), [], []],
    ['leaves one behind', administrators(['bo', 'ada']), block('bo'), [], ['oneGlobalAdministratorLeft']],
    ['leaves two behind', administrators(['bo', 'ada', 'eva']), block('bo'), [], []],
  ]

  it.each(cases)('%s', (_name, rows, effect, names, expected) => {
    const lines = linesFor(effect, { rows })
    expect(lockedOut(lines)).toEqual(names)
    expect(reasons(lines).filter((reason) => reason.includes('GlobalAdministrator'))).toEqual(expected)
  })

  it('counts those who could activate the role and can sign in', () => {
    const rows = administrators(['bo'], { roleEligibility: [eligible('ada'), eligible('gone')] })
    expect(linesFor(block('bo'), { rows })[0]?.values).toMatchObject({ name: 'bo@contoso.com', eligible: 1 })
  })
})

function groupHolds(...ids: readonly string[]): FactRows {
  return { users: people, roleAssignments: [holding('team', 'group')], roleGroupMembers: ids.map((id) => member('team', id)) }
}

function role(principalId: string, roleDefinitionId: string = roleIds.globalAdministrator): Effect {
  const type = principalId === 'team' ? 'group' : 'user'
  return { kind: 'role', holder: { ...subject('user', principalId), type }, principalId, roleDefinitionId, scope: '/', held: 'active' }
}

describe('people', () => {
  it('names an account that is declared for emergencies, whatever is done to it', () => {
    for (const effect of [block('eva'), block('eva', 'hindered'), role('eva')])
      expect(lockedOut(linesFor(effect, { settings: emergency, rows: { users: people } }))).toContain('eva@contoso.com')
    expect(lockedOut(linesFor(block('bo'), { settings: emergency, rows: { users: people } }))).toEqual([])
  })

  it('tells which privileged roles somebody holds, and which nobody else holds', () => {
    const rows = { users: people, roleAssignments: [holding('bo', 'user', roleIds.privilegedRoleAdministrator)] }
    const lines = linesFor(block('bo'), { rows })
    expect(reasons(lines)).toEqual(['onlyHolder', 'holdsRoles'])
    expect(lines.map(sentenceOf).join()).toContain('Privileged Role Administrator')
    const shared = { ...rows, roleAssignments: [...rows.roleAssignments, holding('ada', 'user', roleIds.privilegedRoleAdministrator)] }
    expect(reasons(linesFor(block('bo'), { rows: shared }))).toEqual(['holdsRoles'])
    expect(reasons(linesFor(role('bo', roleIds.privilegedRoleAdministrator), { rows }))).toEqual(['onlyHolder'])
  })

  it('tells of sync, of licences, and that an account is newer than the scan', () => {
    const synced = user('bo', { onPremisesSyncEnabled: true, assignedLicenses: [{ skuId: 'sku', disabledPlans: [] }] })
    expect(reasons(linesFor(block('bo'), { rows: { users: [synced] } }))).toEqual(['hasLicences', 'synced'])
    expect(reasons(linesFor(block('new'), { rows: { users: people } }))).toEqual(['notFound'])
  })

  it('tells what applications somebody owns, which would be without an owner, and which can take control', () => {
    const rows: FactRows = {
      users: [...people, user('left', { accountEnabled: false })],
      applications: [application('one'), application('two')],
      applicationOwners: [
        { id: 'one', owners: ownedBy('bo', 'left') },
        { id: 'two', owners: ownedBy('bo', 'ada') },
      ],
      servicePrincipals: [servicePrincipal('one'), servicePrincipal('two'), graphPrincipal],
      appRoleAssignments: [permission('one', roleManagement)],
    }
    const lines = linesFor(block('bo'), { rows })
    expect(lines.map(({ reason, values }) => [reason, values['applications']])).toEqual([
      ['controlPlaneApplications', 'Application one'],
      ['applicationsWithoutOwner', 'Application one'],
      ['ownsApplications', 'Application one, Application two'],
    ])
    expect(reasons(linesFor(block('bo', 'hindered'), { rows }))).toEqual([])
  })
})

describe('a member of a group', () => {
  const leaves: Effect = { kind: 'member', user: subject('user', 'bo'), groupId: 'g', groupName: 'Travellers' }
  const excluding = coveringPolicy('x', { users: { excludeGroups: ['g'] } })
  const including = coveringPolicy('i', { users: { includeUsers: [], includeGroups: ['g'] } })

  it('comes under what left the group out, and leaves what was for it; only policies that are on count', () => {
    const rows = { users: people, conditionalAccessPolicies: [excluding, including, { ...excluding, id: 'off', state: 'disabled' }] }
    const lines = linesFor(leaves, { rows })
    expect(reasons(lines)).toEqual(['comesUnderPolicies', 'leavesPolicies', 'groupMayGive'])
    expect(lines[0]?.values).toMatchObject({ policies: 'Policy x', more: 0 })
  })

  it('is named where the group is a declared exception, and loses what the group opens and brings', () => {
    const settings = settingsSchema.parse({ exclusions: { groups: ['G'] } })
    expect(lockedOut(linesFor(leaves, { settings, rows: { users: people } }))).toEqual(['bo@contoso.com'])
    const opens = { ...permission('g', 'any'), principalType: 'Group' }
    const holds = { roleAssignments: [holding('g', 'group')], roleGroupMembers: [member('g', 'bo')], pimGroupEligibility: [] }
    const rows: FactRows = { users: people, servicePrincipals: [graphPrincipal], appRoleAssignments: [opens], ...holds }
    expect(reasons(linesFor(leaves, { rows }))).toEqual(['lastGlobalAdministrator', 'groupHoldsRole', 'groupGives', 'groupMayGive'])
  })
})

describe('an application', () => {
  const app = { ...servicePrincipal('app'), appRoles: [{ id: 'r', value: 'Read', allowedMemberTypes: ['Application', 'User'] }] }
  const change = (how: Extract<Effect, { kind: 'application' }>['how'], name = 'Payroll'): Effect => ({
    kind: 'application',
    application: subject('servicePrincipal', 'app', name),
    how,
  })
  const rows: FactRows = { servicePrincipals: [app, graphPrincipal], appRoleAssignments: [permission('app', mailRead)] }

  it('is told with its permissions, the people who signed in and who is assigned', () => {
    const lines = linesFor(change('blocked'), { rows })
    expect(reasons(lines)).toEqual(['permissions', 'signedInThrough', 'assigned'])
    expect(lines[0]?.values).toMatchObject({ permissions: 'Mail.Read' })
    expect(lines[1]?.values).toMatchObject({ count: 3 })
    expect(reasons(linesFor(change('owner'), { rows }))).toEqual(['permissions'])
  })

  it.each([
    ['scope', 'lacks the permission AuditLog.Read.All'],
    ['role', 'holds no role that may read sign-ins'],
    ['licence', 'needs a licence'],
    ['slow', 'did not answer in time'],
    ['graph', 'no answer that could be used'],
  ] as const)('never calls it unused where the log of sign-ins was not read: %s', (notKnown, says) => {
    const signIns = new Map([['client-of-app', { notKnown, detail: 'AuditLog.Read.All' }]])
    const lines = linesFor(change('credential'), { rows, signIns })
    expect(reasons(lines)).toEqual(['signedInNotKnown', 'permissions'])
    expect(lines.map(sentenceOf)[0]).toContain(says)
    expect(reasons(linesFor(change('credential'), { rows, signIns: new Map() }))).toContain('signedInNotKnown')
  })

  it('says nobody, so many, or at least so many', () => {
    const said = (people: number, isAll: boolean) => {
      const lines = linesFor(change('credential'), { rows, signIns: new Map([['client-of-app', { people, isAll }]]) })
      return lines.filter(({ reason }) => reason === 'signedInThrough').map(sentenceOf)[0]
    }
    expect(said(0, true)).toMatch(/^Nobody has signed in through Payroll/)
    expect(said(1, true)).toMatch(/^1 person has/)
    expect(said(1200, false)).toMatch(/^At least 1,200 people have/)
    expect(said(0, false)).toMatch(/^At least 0 people have/)
  })

  it('says where scans do not read who is assigned, and where it is newer than the scan', () => {
    expect(reasons(linesFor(change('blocked'), { rows: { servicePrincipals: [servicePrincipal('app')] } }))).toEqual([
      'signedInThrough',
      'assignedNotRead',
    ])
    expect(reasons(linesFor(change('permission')))).toContain('notFound')
  })

  it('is named where it is Countersign itself, unless it is let in again', () => {
    for (const how of ['blocked', 'deleted', 'permission'] as const)
      expect(lockedOut(linesFor(change(how, 'Countersign Read'), { rows }))).toEqual(['Countersign Read'])
    expect(lockedOut(linesFor(change('allowed', 'Countersign Read'), { rows }))).toEqual([])
    const own = {
      aidId: 'aid',
      connectedAt: '2026-10-20T00:00:00.000Z',
      readAppId: 'CLIENT-OF-APP',
      chatAppId: 'c',
      actAppId: 'a',
      neededScopes: [],
      neededRoleTemplateIds: [],
      neededRoleActions: [],
    }
    expect(lockedOut(linesFor(change('blocked'), { rows, settings: settingsSchema.parse({ own }) }))).toEqual(['Payroll'])
    const other = settingsSchema.parse({ own: { ...own, readAppId: 'r' } })
    expect(lockedOut(linesFor(change('blocked', 'Countersign Read'), { rows, settings: other }))).toEqual([])
  })
})

describe('a policy', () => {
  const to = (state: 'enabled' | 'enabledForReportingButNotEnforced', id = 'p'): Effect => ({
    kind: 'policyState',
    policy: subject('policy', id, `Policy ${id}`),
    state,
  })
  const everybody = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
    coveringPolicy('p', { state: 'enabledForReportingButNotEnforced', ...change })
  const given = (policy: ReturnType<typeof everybody>, more: FactRows = {}): FactRows =>
    administrators(['bo', 'eva'], { conditionalAccessPolicies: [policy], ...more })

  it('that only reports fails the checks that it alone fulfilled', () => {
    const only = { conditionalAccessPolicies: [blockingPolicy('p')] }
    const lines = linesFor(to('enabledForReportingButNotEnforced'), { rows: only })
    expect(reasons(lines)).toContain('checksFail')
    expect(lines.find(({ reason }) => reason === 'checksFail')?.values['checks']).toContain('MS.AAD.1.1v1')
    const two = { conditionalAccessPolicies: [blockingPolicy('p'), blockingPolicy('q')] }
    expect(reasons(linesFor(to('enabledForReportingButNotEnforced'), { rows: two }))).not.toContain('checksFail')
  })

  it('that is switched on names whom it blocks: the Aid, who asks, administrators, emergency accounts', () => {
    const lines = linesFor(to('enabled'), { rows: given(everybody()), settings: emergency })
    expect(lockedOut(lines)).toEqual(['ada@contoso.com', 'aid@contoso.com', 'bo@contoso.com', 'eva@contoso.com'])
    expect(reasons(lines)).toContain('policyWithoutEmergency')
    const left = linesFor(to('enabled'), {
      rows: given(everybody({ users: { excludeUsers: ['ada', 'aid', 'eva'] } })),
      settings: emergency,
    })
    expect(lockedOut(left)).toEqual(['bo@contoso.com'])
    expect(reasons(left)).not.toContain('policyWithoutEmergency')
  })

  it('names who may be left out by a group, because nobody knows', () => {
    const lines = linesFor(to('enabled'), { rows: given(everybody({ users: { excludeGroups: ['g'] } })) })
    expect(lines.filter(({ reason }) => reason === 'policyStopsPerson').map(({ values }) => values['certain'])).toEqual([
      'maybe',
      'maybe',
      'maybe',
      'maybe',
    ])
  })

  it('names nobody for old clients, for other applications, or for who has registered what it asks for', () => {
    const old = blockingPolicy('p', { state: 'enabledForReportingButNotEnforced' })
    expect(lockedOut(linesFor(to('enabled'), { rows: given(old) }))).toEqual([])
    const other = everybody({ applications: { includeApplications: ['payroll'] } })
    expect(lockedOut(linesFor(to('enabled'), { rows: given(other) }))).toEqual([])
    const strong = everybody({ controls: ['mfa'] })
    const registrationDetails = ['ada', 'bo', 'eva', 'aid'].map((id) => registration(id, { isMfaCapable: id !== 'bo' }))
    expect(lockedOut(linesFor(to('enabled'), { rows: given(strong, { registrationDetails }) }))).toEqual(['bo@contoso.com'])
  })

  it('that holds only at risk stops people sometimes', () => {
    const risky = everybody({ conditions: { userRiskLevels: ['high'] } })
    expect(reasons(linesFor(to('enabled'), { rows: given(risky) }))).toContain('policyStopsSometimes')
  })

  it('is told with the people whom it covers', () => {
    const some = everybody({ users: { includeUsers: ['bo'], includeGroups: ['g'], includeRoles: [roleIds.globalAdministrator] } })
    const lines = linesFor(to('enabled'), { rows: given(some, { groups: [group('g')] }) })
    expect(lines.find(({ reason }) => reason === 'policyCovers')?.values).toMatchObject({ people: 1, groups: 'Group g', holders: 2 })
    expect(linesFor(to('enabled'), { rows: given(everybody()) }).find(({ reason }) => reason === 'policyCovers')?.values).toMatchObject({
      people: 250,
    })
    const uncounted = linesFor(to('enabled'), { rows: given(everybody()), counts: {} })
    expect(reasons(uncounted)).toEqual(expect.arrayContaining(['policyCoversUncounted', 'notKnown']))
  })

  it.each(policyTemplateIds)('that is made from the template %s is understood, and locks nobody out while it only reports', (template) => {
    const excluded = {
      id: '11111111-2222-4333-8444-555555555555',
      displayName: 'Eva',
      userPrincipalName: 'eva@contoso.com',
      accountEnabled: true,
      userType: 'Member',
    }
    const prepared = createPolicy.prepare({ template, excludedUserIds: [excluded.id] })
    if (prepared.kind !== 'ready') throw new Error('The input does not fit.')
    const plan = prepared.prepared.plan([{ value: [] }, excluded], planContext)
    if (plan.kind !== 'plan') throw new Error(plan.reason)
    const lines = linesFor(effectsOf(createPolicy, plan), { rows: given(everybody()), settings: emergency })
    expect(reasons(lines).filter((reason) => reason.startsWith('policyCovers'))).toHaveLength(1)
    expect(lockedOut(lines)).toEqual([])
  })
})

describe('settings of the tenant', () => {
  it('tell of the guests that stay and of the applications that people use', () => {
    expect(linesFor({ kind: 'setting', setting: 'invitations' })[0]).toMatchObject({ reason: 'invitations', values: { guests: 40 } })
    expect(linesFor({ kind: 'setting', setting: 'consent' })[0]).toMatchObject({ reason: 'consents', values: { count: 7 } })
  })
})

describe('what is not known', () => {
  it('is said where no scan is finished, and where nobody can tell what a request means', () => {
    expect(reasons(withoutScan)).toEqual(['noScan'])
    expect(reasons(linesFor({ kind: 'notDescribed', about: subject('user', 'bo') }))).toEqual(['notDescribed'])
  })

  const cases: readonly [Effect, FactRows][] = [
    [
      block('bo'),
      { ...administrators(['bo']), applicationOwners: [{ id: 'one', owners: ownedBy('bo') }], applications: [application('one')] },
    ],
    [role('bo'), administrators(['bo'])],
    [role('team'), groupHolds('bo')],
    [block('bo'), { users: people, roleAssignments: [holding('ada')], pimGroupEligibility: [mayJoin('team', 'bo')] }],
    [
      { kind: 'policyState', policy: subject('policy', 'p'), state: 'enabled' },
      administrators(['bo'], { conditionalAccessPolicies: [coveringPolicy('p')] }),
    ],
    [{ kind: 'member', user: subject('user', 'eva'), groupId: 'team', groupName: 'Team' }, groupHolds('eva', 'bo')],
  ]
  it('is a line for every fact that was not read: nobody disappears in silence, and nothing that was not known becomes known', () => {
    const ids = facts.map(({ id }) => id)
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...ids),
        ([effect, rows], gone, last) => {
          const settings = emergency
          const before = gone.reduce(unreadIn, linesRows(rows))
          const some = linesFor(effect, { rows: before, settings })
          const fewer = linesFor(effect, { rows: unreadIn(before, last), settings })
          if (reasons(some).includes('notKnown')) expect(reasons(fewer)).toContain('notKnown')
          const lost = lockedOut(some).filter((name) => !lockedOut(fewer).includes(name))
          if (lost.length > 0) expect(reasons(fewer)).toContain('notKnown')
        },
      ),
      { numRuns: 400 },
    )
  })

  it('keeps every name while only accounts are unknown', () => {
    for (const [effect, rows] of cases.slice(0, 2)) {
      const lines = linesFor(effect, { rows: unreadIn(linesRows(rows), 'users') })
      expect(lockedOut(lines)).toEqual(['bo@contoso.com'])
      expect(reasons(lines)).toContain('notKnown')
    }
  })
})

/** Everything else is read and empty. */
function linesRows(rows: FactRows): FactRows {
  return { ...Object.fromEntries(facts.map(({ id }) => [id, []])), ...rows }
}

describe('the list', () => {
  const many = Array.from({ length: 30 }, (_, index) => `person-${String(index).padStart(2, '0')}`)

  it('has twelve lines at most, in the same order whatever the order of the facts, and says how many more are locked out', () => {
    const settings = settingsSchema.parse({ exclusions: { users: many } })
    const effects = many.map((id) => block(id))
    const rows = unreadIn({ users: many.map((id) => user(id)) }, 'applicationOwners')
    const lines = linesFor(effects, { rows, settings })
    expect(lines).toHaveLength(12)
    expect(lines.slice(-2).map(({ reason }) => reason)).toEqual(['moreLockedOut', 'notKnown'])
    expect(lines.at(-2)?.values['count']).toBe(30 - lockedOut(lines).length)
    expect(linesFor([...effects].reverse(), { rows: { ...rows, users: many.map((id) => user(id)).reverse() }, settings })).toEqual(lines)
  })

  it('puts those who are locked out before everything else', () => {
    const rows = administrators(['bo'], { users: [user('bo', { onPremisesSyncEnabled: true }), guest('ada')] })
    const lines = linesFor(block('bo'), {
      rows,
      settings: { ...defaultSettings, exclusions: { ...defaultSettings.exclusions, users: ['bo'] } },
    })
    expect(reasons(lines)).toEqual(['lastGlobalAdministrator', 'emergencyAccount', 'holdsRoles', 'synced'])
  })

  it('says as of which scan each line is', () => {
    // The log of sign-ins is asked when the change is.
    const ofTheMoment = ['noScan', 'signedInNotKnown', 'signedInThrough']
    const without = blastReasons.filter((reason) => !blastSentences[reason]?.includes('{at, date, minute}'))
    expect(without.toSorted()).toEqual(ofTheMoment)
    expect(linesFor(block('new')).every(({ values }) => values['at'] === '2026-10-31T08:00:00Z')).toBe(true)
  })
})
