import { describe, expect, it } from '@jest/globals'
import { generateKeyPairSync, sign } from 'node:crypto'
import { genesisHash, recordHash, recordKinds, type RecordKind } from '@countersign/core/actions/journal.ts'
import { requestHash } from '@countersign/core/actions/warrant.ts'
import { canonicalJson, digest, type Json } from '@countersign/core/digest.ts'
import { readJson } from '@countersign/core/parse-json.ts'
import { checkReceipt } from '../../../bot/src/cli/verify/receipt.ts'
import { fc } from '../../random.ts'

/** Receipts by somebody who has a key of their own: each hash and the signature fit whatever the records say. */

type Members = { readonly [key: string]: Json }
type Told = readonly { readonly kind: RecordKind; readonly body: Json }[]

const pair = generateKeyPairSync('ed25519')
const publicKey = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString()
const [tenantId, proposalId, aid, person] = ['1', '2', '3', '4'].map((digit) => `${digit.repeat(8)}-2222-4333-8444-555555555555`)
const at = '2026-11-22T12:00:01.000Z'
const write = { method: 'POST', path: '/things', body: { name: 'n' } } as const

const terms: Members = {
  id: proposalId ?? '',
  tenantId: tenantId ?? '',
  requestedBy: person ?? '',
  actorId: aid ?? '',
  approvals: 1,
  steps: [
    {
      write,
      readBack: { path: '/things', expect: { kind: 'all', of: [{ kind: 'has', list: 'value', field: 'name', value: 'n' }] } },
      echo: { activities: ['Add thing'], targetId: '{created}', modified: { name: 'Name', newValueContains: 'n' } },
    },
  ],
}

/** A proposal from asking to the row in the log; its hash covers the terms as they are given. */
function told(given: Members): Told {
  const hash = digest(given)
  const by = { objectId: person ?? '', name: 'Ada' }
  const card = { offerId: 'o', proposalHash: hash, bytesDigest: 'd' }
  const row = {
    ...{ id: 'r', activityDateTime: '2026-11-22T12:00:01Z', activityDisplayName: 'Add thing', correlationId: null, result: 'success' },
    ...{ initiatedByUserId: aid ?? '', initiatedByUpn: null, userAgent: null },
    targets: [{ id: 'made', displayName: null, modified: [{ name: 'Name', oldValue: null, newValue: 'n' }] }],
  }
  return [
    { kind: 'proposed', body: { terms: given, hash, by, aid: aid ?? '' } },
    { kind: 'offered', body: { ...card, person: person ?? '' } },
    { kind: 'confirmed', body: { ...card, by, words: 'yes', how: 'button' } },
    {
      kind: 'sending',
      body: { stepIndex: 0, proposalHash: hash, request: write, requestHash: requestHash(write), clientRequestId: 'c', userAgent: 'u' },
    },
    { kind: 'answered', body: { stepIndex: 0, outcome: { kind: 'done', status: 201 } } },
    { kind: 'readBack', body: { stepIndex: 0, path: '/things', met: 'met', answer: { value: [{ id: 'made', name: 'n' }] } } },
    { kind: 'ended', body: { state: 'verified', reason: null, by: null } },
    { kind: 'echo', body: { stepIndex: 0, state: 'found', row, also: [] } },
  ]
}

function receiptOf(records: Told): Json {
  let prevHash = genesisHash
  const chain = records.map(({ kind, body }, index) => {
    const record = { seq: index + 1, at, kind, subjectId: proposalId ?? '', body, prevHash }
    prevHash = recordHash(record)
    return { ...record, hash: prevHash }
  })
  const signed = {
    tenantId: tenantId ?? '',
    proposalId: proposalId ?? '',
    receiptNumber: 1,
    seq: chain.length,
    hash: prevHash,
    signedAt: at,
  }
  const signature = sign(null, Buffer.from(canonicalJson(signed)), pair.privateKey).toString('base64url')
  const { seq, hash, signedAt, ...envelope } = signed
  return { format: 'countersign-receipt/1', ...envelope, records: chain, head: { seq, hash, signedAt, signature, publicKey } }
}

function checked(records: Told): ReturnType<typeof checkReceipt> {
  return checkReceipt(readJson(JSON.stringify(receiptOf(records))), { pinned: undefined, watch: undefined })
}

/** Every value inside, with the value in another's place; undefined takes it away. */
function placesIn(value: Json): readonly ((instead: Json | undefined) => Json)[] {
  if (value === null || typeof value !== 'object') return []
  return Object.keys(value).flatMap((name) => {
    const inner = (value as Members)[name] ?? null
    const put = (to: Json | undefined): Json => {
      if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => (String(index) === name ? (to ?? null) : item))
      const { [name]: _gone, ...others } = value as Members
      return to === undefined ? others : { ...others, [name]: to }
    }
    return [put, ...placesIn(inner).map((change) => (to: Json | undefined) => put(change(to)))]
  })
}

const hostile = fc.oneof(
  fc.constantFrom<Json | undefined>(undefined, null, 7, -1, '', 'x', [], {}, [null], [{}], { kind: 'has' }, { kind: 'all' }, true),
  fc.constantFrom<Json>({ kind: 'all', of: null }, { kind: 'all', of: [null] }, { kind: 'has', list: 7, field: 'name', value: 'n' }),
  fc.constantFrom<Json>(...recordKinds, '__proto__', 'constructor', '\u0000', '\uD800', '0001-01-01T00:00:00Z'),
)

describe('a receipt that somebody signed with a key of theirs', () => {
  it('holds as long as it tells one thing', () => {
    expect(checked(told(terms))).toMatchObject({ kind: 'holds' })
  })

  it.each<readonly [string, Json]>([
    ['nothing', {}],
    ['a list of nothing', { kind: 'all', of: null }],
    ['an entry of nothing', { kind: 'has' }],
    ['an entry of a list without a name', { kind: 'has', list: 7, field: 'name', value: 'n' }],
    ['what is null', { kind: 'all', of: [null] }],
  ])('does not hold where the reading back was to show %s', (_what, expected) => {
    const [step] = terms['steps'] as readonly Members[]
    const changed = { ...terms, steps: [{ ...step, readBack: { path: '/things', expect: expected } }] }
    expect(checked(told(changed))).toMatchObject({ kind: 'broken', sentence: expect.stringMatching(/^Record 1: .* shape/) })
  })

  it('is judged whatever stands in it', () => {
    const counts = { holds: 0, broken: 0, unreadable: 0 }
    const ofTerms = placesIn(terms).map((change) => (to: Json | undefined) => told(change(to) as Members))
    const ofBodies = told(terms).flatMap(({ kind, body }, index) =>
      placesIn(body).map((change) => (to: Json | undefined) => told(terms).with(index, { kind, body: change(to) })),
    )
    fc.assert(
      fc.property(fc.constantFrom(...ofTerms, ...ofBodies), hostile, (change, to) => {
        counts[checked(change(to)).kind] += 1
      }),
      { numRuns: 600 },
    )
    expect(counts.holds).toBeGreaterThan(20)
    expect(counts.broken).toBeGreaterThan(200)
  })
})
