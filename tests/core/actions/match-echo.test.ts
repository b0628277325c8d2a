import { describe, expect, it } from '@jest/globals'
import type { AuditRow } from '@countersign/core/actions/echo.ts'
import { matchEcho } from '@countersign/core/actions/match-echo.ts'

const sentAt = Date.parse('2026-11-22T12:00:00Z')
const question = {
  actorId: 'aid',
  sentAt,
  expectation: {
    activities: ['Disable account', 'Update user'],
    targetId: 'erik',
    modified: { name: 'AccountEnabled', newValueContains: 'false' },
  },
}

function row(changes: Partial<AuditRow> = {}): AuditRow {
  return {
    id: 'row-1',
    activityDateTime: '2026-11-22T12:00:01Z',
    activityDisplayName: 'Disable account',
    correlationId: 'event-1',
    result: 'success',
    initiatedByUserId: 'aid',
    initiatedByUpn: 'aid@contoso.example',
    targets: [{ id: 'erik', displayName: null, modified: [{ name: 'AccountEnabled', oldValue: '[true]', newValue: '[false]' }] }],
    userAgent: null,
    ...changes,
  }
}

describe('matching the audit echo', () => {
  it('finds the row by actor, target, activity, result, time and new value', () => {
    expect(matchEcho(question, [row()])).toMatchObject({ state: 'found', row: { id: 'row-1' } })
  })

  it.each([
    ['another actor', row({ initiatedByUserId: 'ada' })],
    ['an application as actor', row({ initiatedByUserId: null })],
    ['another target', row({ targets: [{ id: 'dan', displayName: null, modified: [] }] })],
    ['a failure', row({ result: 'failure' })],
    ['another activity', row({ activityDisplayName: 'Enable account' })],
    [
      'the other value',
      row({
        targets: [{ id: 'erik', displayName: null, modified: [{ name: 'AccountEnabled', oldValue: '[false]', newValue: '[true]' }] }],
      }),
    ],
    ['61 seconds before', row({ activityDateTime: '2026-11-22T11:58:59Z' })],
    ['after the window', row({ activityDateTime: '2026-11-22T12:15:01Z' })],
    ['no readable time', row({ activityDateTime: 'yesterday' })],
  ])('waits when the only row is by or of %s', (_what, other) => {
    expect(matchEcho(question, [other])).toEqual({ state: 'pending' })
  })

  it('takes several rows of one correlation id for one event', () => {
    const match = matchEcho(question, [row({ id: 'row-2', activityDisplayName: 'Update user' }), row()])
    expect(match).toMatchObject({ state: 'found', also: [{}] })
  })

  it('says ambiguous when two events fit', () => {
    expect(matchEcho(question, [row(), row({ id: 'row-2', correlationId: 'event-2' })])).toMatchObject({ state: 'ambiguous' })
  })

  it('reads the en dash and the trailing space that Graph writes', () => {
    const secret = {
      actorId: 'aid',
      sentAt,
      expectation: {
        activities: ['Update application – Certificates and secrets management'],
        targetId: 'app',
        modified: { name: 'KeyDescription', newValueContains: '' },
      },
    }
    const wire = row({
      activityDisplayName: 'Update application \u2013 Certificates and secrets management ',
      targets: [{ id: 'app', displayName: null, modified: [{ name: 'KeyDescription', oldValue: '["x"]', newValue: '[]' }] }],
    })
    expect(matchEcho(secret, [wire])).toMatchObject({ state: 'found' })
  })

  it('asks the old value of what was taken away, where the new one is null', () => {
    const removal = {
      actorId: 'aid',
      sentAt,
      expectation: {
        activities: ['Remove delegated permission grant'],
        targetId: 'resource',
        modified: { name: 'ServicePrincipal.ObjectID', newValueContains: '', oldValueContains: 'client-1' },
      },
    }
    const wire = (client: string) =>
      row({
        activityDisplayName: 'Remove delegated permission grant',
        targets: [
          {
            id: 'resource',
            displayName: null,
            modified: [{ name: 'ServicePrincipal.ObjectID', oldValue: `"${client}"`, newValue: null }],
          },
        ],
      })
    expect(matchEcho(removal, [wire('client-1')])).toMatchObject({ state: 'found' })
    expect(matchEcho(removal, [wire('client-2')])).toMatchObject({ state: 'pending' })
  })
})
