import { describe, expect, it } from '@jest/globals'
import { parseJson } from '@countersign/core/parse-json.ts'
import { readAuditRow } from '@countersign/core/actions/audit-row.ts'
import { echoWindow, type AuditRow, type EchoQuestion } from '@countersign/core/actions/echo.ts'
import { fits, keptOf, matchEcho } from '@countersign/core/actions/match-echo.ts'
import { fc } from '../../random.ts'

const numRuns = process.env['DRILL'] === '1' ? 20_000 : 400
const sentAt = Date.parse('2026-11-22T12:00:00Z')
const proposalId = '11111111-aaaa-4333-8444-555555555555'
const otherProposal = '22222222-aaaa-4333-8444-555555555555'
const clientRequestId = '33333333-aaaa-4333-8444-555555555555'
const question: EchoQuestion = {
  actorId: 'aid',
  sentAt,
  expectation: {
    activities: ['Disable account', 'Update user'],
    targetId: 'erik',
    modified: { name: 'AccountEnabled', newValueContains: 'false', oldValueContains: 'true' },
  },
  mark: { proposalId, clientRequestId },
}
const agent = (id: string): string => `Countersign/1.0.0 (proposal ${id}; by ada; at 2026-11-22T12:00:00Z)`
const at = (offset: number): string => new Date(sentAt + offset).toISOString()

const enabled = (oldValue: string | null, newValue: string | null) => ({ name: 'AccountEnabled', oldValue, newValue })
const proof: fc.Arbitrary<AuditRow> = fc.record({
  id: fc.uuid(),
  activityDateTime: fc.integer({ min: -echoWindow.beforeMs, max: echoWindow.afterMs }).map(at),
  activityDisplayName: fc.constantFrom('Disable account', 'Update user', ' Disable account '),
  correlationId: fc.option(fc.uuid()),
  result: fc.constantFrom('success', 'Success'),
  initiatedByUserId: fc.constant('aid'),
  initiatedByUpn: fc.option(fc.string()),
  targets: fc
    .array(fc.record({ id: fc.uuid(), displayName: fc.option(fc.string()), modified: fc.constant([]) }), { maxLength: 2 })
    .map((others) => [...others, { id: 'erik', displayName: null, modified: [enabled('[true]', '[false]')] }]),
  userAgent: fc.constantFrom(null, 'Mozilla/5.0', 'Countersign/1.0.0 (scan)'),
})

/** What one row differs in, each by as little as can be: never proof, whatever else stands beside it. */
const nearMisses: Readonly<Record<string, (row: AuditRow) => AuditRow>> = {
  'another actor': (row) => ({ ...row, initiatedByUserId: 'Aid' }),
  'no person as actor': (row) => ({ ...row, initiatedByUserId: null }),
  'another target': (row) => ({
    ...row,
    targets: row.targets.map((target) => (target.id === 'erik' ? { ...target, id: 'eric' } : target)),
  }),
  'the target by name only': (row) => ({
    ...row,
    targets: row.targets.map((target) => (target.id === 'erik' ? { ...target, id: 'x', displayName: 'erik' } : target)),
  }),
  '1 ms too early': (row) => ({ ...row, activityDateTime: at(-echoWindow.beforeMs - 1) }),
  '1 ms too late': (row) => ({ ...row, activityDateTime: at(echoWindow.afterMs + 1) }),
  'no time': (row) => ({ ...row, activityDateTime: '2026-11-22' }),
  'another activity': (row) => ({ ...row, activityDisplayName: 'Enable account' }),
  'a failure': (row) => ({ ...row, result: 'failure' }),
  'no result': (row) => ({ ...row, result: '' }),
  'the other new value': (row) => withModified(row, enabled('[true]', '[true]')),
  'the other old value': (row) => withModified(row, enabled('[false]', '[false]')),
  'no new value': (row) => withModified(row, enabled('[true]', null)),
  'no such property': (row) => withModified(row, { name: 'DisplayName', oldValue: 'true', newValue: 'false' }),
  'the value of another target': (row) => ({
    ...row,
    targets: [
      { id: 'erik', displayName: null, modified: [] },
      { id: 'dan', displayName: null, modified: [enabled('[true]', '[false]')] },
    ],
  }),
}

function withModified(row: AuditRow, modified: AuditRow['targets'][number]['modified'][number]): AuditRow {
  return { ...row, targets: row.targets.map((target) => (target.id === 'erik' ? { ...target, modified: [modified] } : target)) }
}

const miss = fc
  .tuple(
    proof,
    fc.constantFrom(...Object.values(nearMisses)),
    fc.constantFrom(null, agent(proposalId)),
    fc.constantFrom(null, clientRequestId),
  )
  .map(([row, change, userAgent, correlationId]) => ({ ...change(row), userAgent, correlationId: correlationId ?? row.correlationId }))

describe('matching the audit echo, any log', () => {
  it.each(Object.entries(nearMisses))('%s is never proof, not even with the mark of the request', (_what, change) => {
    fc.assert(
      fc.property(proof, (row) => {
        const marked = { ...change(row), userAgent: agent(proposalId), correlationId: clientRequestId }
        expect(fits(question, row)).toBe(true)
        expect(fits(question, marked)).toBe(false)
        expect(matchEcho(question, [marked])).toEqual({ state: 'pending' })
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    )
  })

  it('finds only a row that is proof in every part, and any single event that is', () => {
    const seen = { found: 0, ambiguous: 0, pending: 0 }
    fc.assert(
      fc.property(fc.array(miss, { maxLength: 6 }), fc.array(proof, { maxLength: 2 }), fc.nat(), (misses, proofs, turn) => {
        const log = [...misses, ...proofs]
        const rotated = [...log.slice(turn % (log.length + 1)), ...log.slice(0, turn % (log.length + 1))]
        const match = matchEcho(question, rotated)
        seen[match.state] += 1
        if (match.state === 'found') expect(fits(question, match.row)).toBe(true)
        if (match.state === 'ambiguous') for (const row of match.rows) expect(fits(question, row)).toBe(true)
        const events = new Set(proofs.map(({ id, correlationId }) => correlationId ?? id))
        expect(match.state).toBe(events.size === 0 ? 'pending' : events.size === 1 ? 'found' : 'ambiguous')
      }),
      { numRuns },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0)
  })

  it('takes rows of one correlation id, and one row read twice, for one event', () => {
    fc.assert(
      fc.property(fc.array(proof, { minLength: 1, maxLength: 4 }), fc.uuid(), (rows, correlationId) => {
        const match = matchEcho(
          question,
          [...rows, ...rows].map((row) => ({ ...row, correlationId })),
        )
        expect(match).toMatchObject({ state: 'found', also: { length: new Set(rows.map(({ id }) => id)).size - 1 } })
      }),
      { numRuns },
    )
  })

  it('settles two equal events by the mark of one, by User-Agent or by correlation id, in any order', () => {
    fc.assert(
      fc.property(proof, proof, fc.boolean(), fc.boolean(), (ours, other, byAgent, first) => {
        fc.pre(ours.id !== other.id)
        const mine = byAgent
          ? { ...ours, correlationId: 'event-1', userAgent: agent(proposalId) }
          : { ...ours, correlationId: clientRequestId.toUpperCase() }
        const theirs = { ...other, correlationId: 'event-2' }
        const log = first ? [mine, theirs] : [theirs, mine]
        expect(matchEcho(question, log)).toMatchObject({ state: 'found', row: { id: ours.id } })
        expect(matchEcho({ ...question, rivals: 1 }, log)).toMatchObject({ state: 'found', row: { id: ours.id } })
        const { mark: _mark, ...unmarked } = question
        expect(matchEcho(unmarked, log)).toMatchObject({ state: 'ambiguous' })
        expect(matchEcho(question, [mine, { ...theirs, userAgent: agent(proposalId) }])).toMatchObject({ state: 'ambiguous' })
      }),
      { numRuns },
    )
  })

  it('never takes the row of another proposal, nor an unmarked one while an equal request was sent close by', () => {
    fc.assert(
      fc.property(proof, (row) => {
        expect(matchEcho(question, [{ ...row, userAgent: agent(otherProposal) }])).toEqual({ state: 'pending' })
        expect(matchEcho({ ...question, rivals: 1 }, [row])).toMatchObject({ state: 'ambiguous' })
      }),
      { numRuns },
    )
  })

  it('proves a removed grant by its resource and the client in modifiedProperties', () => {
    const grant: EchoQuestion = {
      actorId: 'aid',
      sentAt,
      expectation: {
        activities: ['Remove delegated permission grant'],
        targetId: 'resource',
        modified: { name: 'ServicePrincipal.ObjectID', newValueContains: '', oldValueContains: 'client-1' },
      },
    }
    const row = (targetId: string, client: string): AuditRow => ({
      id: 'r',
      activityDateTime: at(0),
      activityDisplayName: 'Remove delegated permission grant',
      correlationId: 'c',
      result: 'success',
      initiatedByUserId: 'aid',
      initiatedByUpn: null,
      targets: [
        {
          id: targetId,
          displayName: 'Microsoft Graph',
          modified: [{ name: 'ServicePrincipal.ObjectID', oldValue: `"${client}"`, newValue: null }],
        },
      ],
      userAgent: null,
    })
    expect(matchEcho(grant, [row('resource', 'client-1')])).toMatchObject({ state: 'found' })
    expect(matchEcho(grant, [row('resource', 'client-2')])).toEqual({ state: 'pending' })
    expect(matchEcho(grant, [row('client-1', 'client-1')])).toEqual({ state: 'pending' })
  })
})

describe('what is kept of a row', () => {
  it('is the target and the property that prove it, and still does', () => {
    fc.assert(
      fc.property(proof, fc.string({ maxLength: 3000 }), fc.nat(5000), (row, noise, length) => {
        const huge = {
          ...row,
          targets: row.targets.map((target) => ({
            ...target,
            modified: [
              ...target.modified.map((one) => ({ ...one, newValue: `${'x'.repeat(length)}${one.newValue ?? ''}${noise}` })),
              { name: 'Secret', oldValue: noise, newValue: noise },
            ],
          })),
        }
        const kept = keptOf(question, huge)
        expect(fits(question, kept)).toBe(true)
        expect(kept.targets.map(({ id, modified }) => [id, modified.map(({ name }) => name)])).toEqual([['erik', ['AccountEnabled']]])
        expect(JSON.stringify(kept).length).toBeLessThan(20_000)
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    )
  })
})

describe('a hostile log', () => {
  const wire = {
    id: 'r',
    activityDateTime: at(0),
    activityDisplayName: 'Disable account',
    correlationId: 'c',
    result: 'success',
    initiatedBy: { app: null, user: { id: 'aid', userPrincipalName: 'aid@contoso.example' } },
    targetResources: [
      { id: 'erik', displayName: null, modifiedProperties: [{ displayName: 'AccountEnabled', oldValue: '[true]', newValue: '[false]' }] },
    ],
    additionalDetails: [{ key: 'User-Agent', value: agent(proposalId) }],
  }

  /** All that can stand in an answer, with members that programs take for something of their own. */
  const hostileJson = fc.object({
    key: fc.oneof(fc.constantFrom('length', 'toString', 'valueOf', 'toJSON', 'constructor', '__proto__', 'size'), fc.string()),
    values: [fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null)],
    maxDepth: 4,
  })

  it('never breaks the matcher: any member of any type, at any depth', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(wire)), hostileJson, (name, value) => {
        const row = readAuditRow(parseJson(JSON.stringify({ ...wire, [name]: value })))
        if (row) expect(['found', 'pending']).toContain(matchEcho(question, [row]).state)
      }),
      { numRuns },
    )
    let deep: unknown = 'bottom'
    for (let level = 0; level < 50_000; level++) deep = [deep]
    for (const raw of [null, 1, 'row', [], deep, { ...wire, targetResources: deep }, { ...wire, extra: deep }]) {
      const row = readAuditRow(raw)
      if (row) matchEcho(question, [row])
    }
    expect(readAuditRow({ ...wire, extra: deep })).toBeDefined()
    expect(readAuditRow(deep)).toBeUndefined()
  })

  it('is not taken for proof by names that look alike, and is read in full however large it is', () => {
    const bidi = '\u202Ekire'
    expect(readAuditRow({ ...wire, id: 'x'.repeat(501) })).toBeUndefined()
    const many = Array.from({ length: 20_000 }, (_each, index) => ({ id: `t${index}`, displayName: bidi, modifiedProperties: [] }))
    const row = readAuditRow({ ...wire, targetResources: [...many, ...wire.targetResources] })
    expect(row && matchEcho(question, [row])).toMatchObject({ state: 'found' })
    const misled = readAuditRow({ ...wire, targetResources: [{ ...wire.targetResources[0], id: bidi }] })
    expect(misled && matchEcho(question, [misled])).toEqual({ state: 'pending' })
  })
})
