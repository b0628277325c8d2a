import { describe, expect, it } from '@jest/globals'
import { custodyLinks, receiptSentence, type CustodyInput } from '@countersign/core/actions/custody.ts'
import { echoFields } from '@countersign/core/actions/echo-fields.ts'
import { genesisHash, recordHash, type JournalRecord, type RecordKind } from '@countersign/core/actions/journal.ts'
import type { Json } from '@countersign/core/digest.ts'
import { buildProposal } from '../../bot/store/build-proposal.ts'

const proposal = {
  ...buildProposal({ tenantId: '11111111-2222-4333-8444-555555555555', objectId: '22222222-2222-4333-8444-555555555555' }),
  findingKeys: ['app-secret-expired:x'],
}

function record(kind: RecordKind, body: Json): JournalRecord {
  const unhashed = { seq: 1, at: '2026-11-22T12:00:00Z', kind, subjectId: proposal.id, body, prevHash: genesisHash }
  return { ...unhashed, hash: recordHash(unhashed) }
}
const proposed = record('proposed', { terms: {}, hash: 'h', by: { objectId: 'o', name: 'Ada' }, aid: 'aid@contoso.example' })
const confirmed = record('confirmed', {
  offerId: 'f',
  by: { objectId: 'o', name: 'Ada' },
  words: 'yes K7F3',
  how: 'code',
  proposalHash: 'h',
  bytesDigest: 'd',
})
const sending = record('sending', {
  stepIndex: 0,
  proposalHash: 'h',
  request: { method: 'PATCH', path: '/users/x', body: {} },
  requestHash: 'r',
  clientRequestId: 'c',
  userAgent: 'u',
})
const answered = record('answered', { stepIndex: 0, outcome: { kind: 'answered', status: 204 } })
const readBack = (met: string): JournalRecord => record('readBack', { stepIndex: 0, path: '/users/x', met })

function statesOf(changes: Partial<CustodyInput>): string[] {
  return custodyLinks({
    proposal,
    records: [],
    aidName: 'aid@contoso.example',
    echo: undefined,
    echoes: [],
    findings: [],
    locale: 'en',
    ...changes,
  }).map(({ state }) => state)
}
const echo = { state: 'pending' as const, reason: null, row: null, expectedBy: '2026-11-22T12:15:00Z', sentAt: '2026-11-22T12:00:00Z' }

describe('the chain of custody', () => {
  it.each([
    ['nothing is recorded', { records: [] }, ['broken', 'waiting', 'waiting', 'waiting', 'waiting']],
    ['it was proposed', { records: [proposed] }, ['done', 'waiting', 'waiting', 'waiting', 'waiting']],
    ['it was countersigned', { records: [proposed, confirmed] }, ['done', 'done', 'waiting', 'waiting', 'waiting']],
    ['it was sent', { records: [proposed, confirmed, sending], echo }, ['done', 'done', 'waiting', 'waiting', 'waiting']],
    [
      'it was read back',
      { records: [proposed, confirmed, sending, answered, readBack('met')], echo },
      ['done', 'done', 'done', 'waiting', 'waiting'],
    ],
    [
      'the read-back differs',
      { records: [proposed, confirmed, sending, answered, readBack('notMet')], echo },
      ['done', 'done', 'broken', 'waiting', 'waiting'],
    ],
    [
      'the next scan agrees',
      { records: [proposed], findings: [{ state: 'closed' as const, changedAt: '2026-11-22T13:00:00Z' }] },
      ['done', 'waiting', 'waiting', 'waiting', 'done'],
    ],
    [
      'the next scan finds it again',
      { records: [proposed], findings: [{ state: 'returned' as const, changedAt: '2026-11-22T13:00:00Z' }] },
      ['done', 'waiting', 'waiting', 'waiting', 'broken'],
    ],
    [
      'it came from no finding',
      { records: [proposed], proposal: { ...proposal, findingKeys: [] } },
      ['done', 'waiting', 'waiting', 'waiting', 'notNeeded'],
    ],
  ])('when %s', (_when, changes, states) => {
    expect(statesOf(changes)).toEqual(states)
  })

  it.each([
    ['found', 'done'],
    ['ambiguous', 'broken'],
    ['notFound', 'broken'],
    ['notReadable', 'notNeeded'],
  ] as const)('shows the echo %s as %s', (state, link) => {
    expect(statesOf({ records: [proposed], echo: { ...echo, state } })[3]).toBe(link)
  })

  it('says why it ended', () => {
    expect(receiptSentence({ proposal: { ...proposal, state: 'failed', endReason: 'refusedByGraph' } })).toContain('Graph refused')
  })

  it('names what was expected where the tenant’s row differs', () => {
    const row = {
      id: 'r',
      activityDateTime: '2026-11-22T12:00:01.5Z',
      activityDisplayName: 'Something else',
      correlationId: null,
      result: 'success',
      initiatedByUserId: 'somebody',
      initiatedByUpn: null,
      targets: [],
      userAgent: null,
    }
    const fields = echoFields({
      proposal,
      records: [],
      aidName: 'aid@contoso.example',
      echo: { ...echo, state: 'found', row },
      echoes: [],
      findings: [],
      locale: 'en',
    })
    expect(fields.filter(({ same }) => !same).map(({ field }) => field)).toEqual(['Activity', 'Started by', 'Target'])
    expect(fields.find(({ field }) => field === 'Started by')?.compared).toBe('Step 3 says aid@contoso.example')
    expect(fields.find(({ field }) => field === 'Time')?.value).toBe('2026-11-22 12:00:01 UTC')
  })

  it('looks for what a step made under the id that its read-back found', () => {
    const [step] = proposal.steps
    if (!step) throw new Error('The proposal has no step.')
    const making = {
      ...step,
      readBack: { ...step.readBack, expect: { kind: 'has' as const, list: 'value', field: 'displayName', value: 'Block legacy' } },
      echo: { activities: ['Add conditional access policy'], targetId: '{created}' },
    }
    const fields = (id: string) =>
      echoFields({
        proposal: { ...proposal, steps: [making] },
        records: [
          record('readBack', { stepIndex: 0, path: '/p', met: 'met', answer: { value: [{ id: 'made', displayName: 'Block legacy' }] } }),
        ],
        aidName: 'aid@contoso.example',
        echo: {
          ...echo,
          state: 'found',
          row: {
            id: 'r',
            activityDateTime: '2026-11-22T12:00:01Z',
            activityDisplayName: 'Add conditional access policy',
            correlationId: null,
            result: 'success',
            initiatedByUserId: proposal.actorId,
            initiatedByUpn: null,
            targets: [{ id, displayName: 'Block legacy', modified: [] }],
            userAgent: null,
          },
        },
        echoes: [],
        findings: [],
        locale: 'en',
      })
    expect(fields('made').find(({ field }) => field === 'Target')).toMatchObject({ same: true })
    expect(fields('another').find(({ field }) => field === 'Target')).toMatchObject({ same: false, compared: 'Step 1 says made' })
  })
})
