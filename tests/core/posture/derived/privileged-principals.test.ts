import { describe, expect, it } from '@jest/globals'
import { privilegedPrincipals } from '../../../../core/posture/derived/privileged-principals.ts'
import type { PrivilegedPrincipal } from '../../../../core/posture/derived/privileged-principals.ts'
import { defaultSettings } from '../../../../core/posture/settings.ts'
import { privilegedHolds } from '../../../../core/posture/rules/privileged.ts'
import { holding, inDays, member } from '../../../build/facts.ts'
import { customRole, eligible, mayJoin, roleIds, rolesGiven, schedule } from '../../../build/people.ts'
import type { Given } from '../../../build/judged.ts'
import { fc } from '../../../random.ts'

function derived(given: Given) {
  // Each test gives every source as rows.
  return privilegedPrincipals.begin(given as Readonly<Record<string, readonly unknown[]>>).finish()
}

function holders(given: Given): readonly PrivilegedPrincipal[] {
  const answer = derived(given)
  if ('undecided' in answer) throw new Error(answer.undecided)
  // The erased form forgets the type of its rows.
  return answer.rows as readonly PrivilegedPrincipal[]
}

function ways(given: Given): readonly string[] {
  return holders(given).flatMap(({ id, holds }) =>
    holds.map(({ roleName, isActive, via, until }) =>
      [id, roleName, isActive ? 'active' : 'eligible', via.join('>') || 'itself', until ?? 'always'].join(' · '),
    ),
  )
}

/** Who holds what, whichever way it was found. */
function holdings(given: Given): readonly string[] {
  return holders(given).flatMap(({ id, holds }) =>
    [...new Set(holds.map(({ roleName, isActive }) => `${id} ${roleName} ${isActive}`))].sort(),
  )
}

const groupType = '#microsoft.graph.group'

/** The first group holds the role, each next may join the one before it, the last has a person, and the first may join the last. */
function ringOf(count: number): Given {
  const names = Array.from({ length: count }, (_, index) => `g${index}`)
  const others = names.slice(1)
  return rolesGiven([holding('g0', 'group'), ...others.map((name) => holding(name, 'group', roleIds.reportsReader))], {
    pimGroupEligibility: [
      ...names.map((name, index) => mayJoin(name, names[(index + 1) % count] ?? '', 'group')),
      mayJoin(names.at(-1) ?? '', 'u'),
    ],
  })
}

describe('privilegedPrincipals', () => {
  it('knows each way to a role and its path', () => {
    const given = rolesGiven([holding('u1'), holding('g1', 'group')], {
      roleEligibility: [eligible('u2', 'user', roleIds.userAdministrator, inDays(30))],
      roleAssignmentSchedules: [schedule('u1', { endDateTime: inDays(5) })],
      roleGroupMembers: [member('g1', 'u3'), member('g1', 'g2', groupType), member('g1', 's1', '#microsoft.graph.servicePrincipal')],
      pimGroupEligibility: [mayJoin('g1', 'u4', 'user', inDays(9))],
    })
    expect(ways(given)).toEqual([
      'g1 · Global Administrator · active · itself · always',
      'g2 · Global Administrator · active · g1 · always',
      's1 · Global Administrator · active · g1 · always',
      `u1 · Global Administrator · active · itself · ${inDays(5)}`,
      `u2 · User Administrator · eligible · itself · ${inDays(30)}`,
      'u3 · Global Administrator · active · g1 · always',
      `u4 · Global Administrator · eligible · g1 · ${inDays(9)}`,
    ])
    expect(holders(given).find(({ id }) => id === 'u4')?.holds[0]?.basis).toEqual([
      `roleAssignments/${roleIds.globalAdministrator}-g1`,
      'pimGroupEligibility/g1-u4',
    ])
  })

  it('follows a group that may join a group to its members, and ends where groups lead back to themselves', () => {
    const given = rolesGiven([holding('g1', 'group'), holding('g2', 'group', roleIds.reportsReader)], {
      roleGroupMembers: [member('g1', 'g1', groupType), member('g1', 'u1'), member('g2', 'u2'), member('g2', 'g1', groupType)],
      pimGroupEligibility: [mayJoin('g1', 'g2', 'group'), mayJoin('g2', 'g1', 'group')],
    })
    expect(ways(given)).toContain('u2 · Global Administrator · eligible · g1>g2 · always')
    expect(ways(given)).toContain('u1 · Reports Reader · eligible · g2>g1 · always')
  })

  it.each([3, 20])('follows %i groups, each of which may join the one before it and the last the first', (count) => {
    const given = ringOf(count)
    expect(holders(given).filter(({ type }) => type === 'group')).toHaveLength(count)
    const path = Array.from({ length: count }, (_, index) => `g${index}`).join('>')
    expect(ways(given)).toContain(`u · Global Administrator · eligible · ${path} · always`)
  })

  it.each([21, 5000])('does not say who holds a role through %i groups, one in another', (count) => {
    expect(derived(ringOf(count))).toMatchObject({ undecided: expect.stringContaining('leads through more than 20 groups') })
  })

  it('takes the latest end of an assignment that is scheduled twice, and no end where one has none', () => {
    const until = (...ends: readonly (string | null)[]) =>
      holders(
        rolesGiven([holding('u1')], {
          roleAssignmentSchedules: ends.map((endDateTime, index) => schedule('u1', { id: String(index), endDateTime })),
        }),
      )[0]?.holds[0]?.until
    expect([until(inDays(5), inDays(9)), until(inDays(5), null), until(null, inDays(5)), until()]).toEqual([inDays(9), null, null, null])
  })

  it('ends with the earlier of the role and the way to it', () => {
    const given = rolesGiven([], {
      roleEligibility: [eligible('g1', 'group', roleIds.globalAdministrator, inDays(3))],
      pimGroupEligibility: [mayJoin('g1', 'u1', 'user', inDays(9))],
    })
    expect(holders(given).find(({ id }) => id === 'u1')?.holds[0]?.until).toBe(inDays(3))
  })

  it('counts a custom role by its actions, and a role that is newer than our list', () => {
    const roles = [
      customRole('mild', ['microsoft.directory/users/standard/read']),
      customRole('strong', ['Microsoft.Directory/applications/credentials/update']),
    ]
    const newer = { ...customRole('newer', []), isBuiltIn: true }
    const given = rolesGiven(
      ['mild', 'strong', 'newer'].map((role) => holding(`of-${role}`, 'user', role)),
      { roleDefinitions: [...roles, newer] },
    )
    expect(holders(given).map(({ id, holds }) => [id, holds[0]?.isPrivileged, holds[0]?.tier])).toEqual([
      ['of-mild', false, 'management'],
      ['of-newer', true, 'none'],
      ['of-strong', true, 'control'],
    ])
  })

  it('knows the types that build on a person or an application, and leaves devices out', () => {
    const typed = (id: string, type: string) => ({
      ...holding(id),
      principal: { ...holding(id).principal, '@odata.type': `#microsoft.graph.${type}` },
    })
    const given = rolesGiven([typed('a', 'agentUser'), typed('b', 'agentIdentity'), holding('g1', 'group')], {
      roleGroupMembers: [member('g1', 'd', '#microsoft.graph.device')],
    })
    expect(holders(given).map(({ id, type }) => `${id} ${type}`)).toEqual(['a user', 'b servicePrincipal', 'g1 group'])
  })

  it.each([
    ['a principal of no type', rolesGiven([holding('x', null)]), 'x'],
    [
      'a principal of an unknown type',
      rolesGiven([{ ...holding('x'), principal: { ...holding('x').principal, '@odata.type': '#microsoft.graph.unknownFutureValue' } }]),
      'x',
    ],
    ['a role that nobody knows', rolesGiven([holding('u1', 'user', 'gone')]), 'gone'],
    [
      'a member of an unknown type',
      rolesGiven([holding('g1', 'group')], { roleGroupMembers: [member('g1', 'x', '#microsoft.graph.thing')] }),
      'x',
    ],
    [
      'a group that may join and whose members were not read',
      rolesGiven([holding('g1', 'group')], { pimGroupEligibility: [mayJoin('g1', 'g9', 'group')] }),
      'g9',
    ],
  ])('stays undecided over %s', (_what, given, named) => {
    expect(derived(given)).toEqual({ undecided: expect.stringContaining(named) })
  })

  it('ends, and does not depend on the order of rows, whatever the nesting', () => {
    const groupNames = fc.constantFrom('g1', 'g2', 'g3', 'g4')
    const anybody = fc.oneof(groupNames, fc.constantFrom('u1', 'u2'))
    const typeOf = (id: string) => (id.startsWith('g') ? ('group' as const) : ('user' as const))
    fc.assert(
      fc.property(
        fc.uniqueArray(anybody, { minLength: 1 }),
        fc.uniqueArray(fc.tuple(groupNames, anybody), { selector: ([parent, child]) => parent + child }),
        fc.uniqueArray(fc.tuple(groupNames, anybody), { selector: ([parent, child]) => parent + child }),
        (direct, nested, joinable) => {
          const rows = {
            assignments: direct.map((id) => holding(id, typeOf(id))),
            members: nested.map(([parent, child]) => member(parent, child, `#microsoft.graph.${typeOf(child)}`)),
            joins: joinable.map(([parent, child]) => mayJoin(parent, child, typeOf(child))),
          }
          const given = rolesGiven(rows.assignments, { roleGroupMembers: rows.members, pimGroupEligibility: rows.joins })
          const reversed = rolesGiven(rows.assignments.toReversed(), {
            roleGroupMembers: rows.members.toReversed(),
            pimGroupEligibility: rows.joins.toReversed(),
          })
          const answer = derived(given)
          if ('undecided' in answer) expect(derived(reversed)).toEqual(answer)
          else expect(holdings(reversed)).toEqual(holdings(given))
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('many groups that may each join every other', () => {
  it('are followed once for each hold', () => {
    const names = Array.from({ length: 40 }, (_, index) => `g${index}`)
    const given = rolesGiven(
      names.map((name) => holding(name, 'group')),
      {
        roleGroupMembers: names.map((name) => member(name, `u-of-${name}`)),
        pimGroupEligibility: names.flatMap((parent) =>
          names.filter((child) => child !== parent).map((child) => mayJoin(parent, child, 'group')),
        ),
      },
    )
    expect(holders(given).filter(({ type }) => type === 'user')).toHaveLength(40)
  })
})

describe('privilegedHolds', () => {
  it("counts Microsoft's list, or the tenant's own", () => {
    const [principal] = holders(rolesGiven([holding('u1'), holding('u1', 'user', roleIds.reportsReader)]))
    if (!principal) throw new Error('Nobody holds a role.')
    const named = (own: readonly string[]) =>
      privilegedHolds(principal, { ...defaultSettings, privilegedRoleTemplateIds: [...own] }).map(({ roleName }) => roleName)
    expect([named([]), named([roleIds.reportsReader.toUpperCase()])]).toEqual([['Global Administrator'], ['Reports Reader']])
  })
})
