import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportHeaderSchema, exportLineSchema, signedHeader, type ExportHeader } from '@countersign/core/actions/export.ts'
import { recordHash, type JournalRecord } from '@countersign/core/actions/journal.ts'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { verify } from '../../../bot/src/cli/verify.ts'
import { lookForEchoes } from '../../../bot/src/engine/act/echo.ts'
import { beginExport, csvLines, exportLines } from '../../../bot/src/engine/act/export.ts'
import { housekeeper } from '../../../bot/src/engine/act/recover.ts'
import { reject } from '../../../bot/src/engine/act/confirm.ts'
import { offerTo, cardDelivered } from '../../../bot/src/engine/act/offer.ts'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { confirm } from '../../../bot/src/engine/act/confirm.ts'
import { switchAction } from '../../../bot/src/engine/act/switches.ts'
import { append } from '../../../bot/src/store/journal.ts'
import { signHeadOfDay, signedHeads, type JournalRange } from '../../../bot/src/store/journal-range.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import { editAnywhere, type Edit } from '../../core/actions/edit-json.ts'
import { fc } from '../../random.ts'
import { aidId, erikId, guestIds, openWorld, proposalIdOf, type ActWorld } from './act-world.ts'

const numRuns = process.env['DRILL'] === '1' ? 2000 : 120

let world: ActWorld
let folder: string
/** The lines of a whole export, made through the real engine and store. */
let lines: readonly string[]
let olderHead: Json
const iso = (): string => new Date(world.clock.now).toISOString()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-export-'))
  world = await openWorld()
  // One that was carried out and found in the log, one that was withdrawn, a switch, and one by two people in steps.
  const id = proposalIdOf(await world.disable())
  await world.press(await world.deliver(id))
  await world.work()
  world.graph.auditRows = [auditRow()]
  await lookForEchoes(world.deps, housekeeper(world.ada.tenantId))
  world.graph.enabled = true
  await writeTx(world.deps.store, world.ada, (tx) => signHeadOfDay(tx, iso()))
  const [head] = await readTx(world.deps.store, world.ada, signedHeads)
  olderHead = JSON.parse(JSON.stringify(head)) as Json
  world.clock.now += 60 * 60_000
  const withdrawn = proposalIdOf(await world.disable())
  await world.deliver(withdrawn)
  await reject(world.deps, world.ada, withdrawn)
  world.clock.now += 24 * 60 * 60_000
  await switchAction(world.deps, { ...world.ada, roles: ['owner'], door: 'tab' }, 'disable-stale-guests', true)
  world.seconds.push(world.bo)
  const plan = proposalIdOf(await propose(world.deps, world.ada, { actionId: 'disable-stale-guests', input: { userIds: guestIds } }))
  await world.press(await world.deliver(plan))
  const chat = { conversationId: 'a:bo', conversationType: 'personal' } as const
  const second = await offerTo(world.deps, world.bo, plan, chat)
  if (second.kind !== 'offered') throw new Error(`The second card was not offered: ${second.guard}.`)
  await cardDelivered(world.deps, world.bo, second.offer.id, 'card-of-bo')
  const yes = { by: 'code', code: second.offer.code } as const
  expect(await confirm(world.deps, world.bo, { yes, chat, words: `yes ${second.offer.code}` })).toMatchObject({ kind: 'confirmed' })
  await world.work()
  expect(await world.stateOf(plan)).toBe('verified')
  lines = (await exported({})).trimEnd().split('\n')
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

async function headerOf(range: JournalRange): Promise<ExportHeader> {
  const header = await beginExport(world.deps.store, world.ada, range, iso())
  if (!header) throw new Error('The journal is empty.')
  return header
}
async function exported(range: JournalRange): Promise<string> {
  let text = ''
  for await (const piece of exportLines(world.deps.store, world.ada, await headerOf(range))) text += piece
  return text
}

async function check(text: string, more: { readonly key?: string; readonly head?: string } = {}): Promise<{ code: number; said: string }> {
  const file = join(folder, 'export.ndjson')
  await writeFile(file, text)
  let said = ''
  const code = await verify({ files: [file], write: (line) => (said += line.slice(file.length + 2)), ...more })
  return { code, said }
}
const checkLines = (changed: readonly string[]) => check(`${changed.join('\n')}\n`)

async function saved(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

/** Places of the record lines among all lines. */
const recordPlaces = (): number[] => lines.flatMap((line, index) => (line.startsWith('{"record"') ? [index] : []))
function recordAt(place: number): JournalRecord {
  const line = exportLineSchema.parse(JSON.parse(lines[place] ?? ''))
  if (!('record' in line)) throw new Error(`Line ${place + 1} is no record.`)
  return line.record
}
const lineOf = (record: JournalRecord): string => JSON.stringify({ record })
const hashed = (record: JournalRecord): JournalRecord => ({ ...record, hash: recordHash(record) })

describe('an export of the journal', () => {
  it('holds, with the key of the file and with a key of the reader’s own', async () => {
    const whole = await check(`${lines.join('\n')}\n`)
    expect(whole).toMatchObject({ code: 0 })
    expect(whole.said).toContain('3 proposals')
    const { head } = exportHeaderSchema.parse(JSON.parse(lines[0] ?? ''))
    const key = await saved('key.pem', head.publicKey)
    expect(await check(`${lines.join('\n')}\n`, { key })).toMatchObject({ code: 0 })
    const foreign = generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString()
    const other = await check(`${lines.join('\n')}\n`, { key: await saved('other.pem', foreign) })
    expect(other).toMatchObject({ code: 1 })
    expect(other.said).toContain('another key')
  })

  it('tells of each action who asked, what was shown, who said yes in which words, what was sent, came back, was read back and logged', async () => {
    const [first, , plan] = lines
      .map((line) => JSON.parse(line) as { action?: unknown })
      .flatMap(({ action }) => (action === undefined ? [] : [action]))
    expect(first).toMatchObject({
      receiptNumber: 1,
      actionId: 'disable-user',
      askedBy: { name: 'Ada', objectId: world.ada.objectId, door: 'chat' },
      preview: { subject: { id: erikId }, requests: [`PATCH /v1.0/users/${erikId} {"accountEnabled":false}`] },
      saidYes: [{ name: 'Ada', words: 'Countersign', how: 'button' }],
      sent: [
        {
          method: 'PATCH',
          path: `/users/${erikId}`,
          body: { accountEnabled: false },
          cameBack: { outcome: { kind: 'answered', status: 204 } },
          readBack: { met: 'met' },
          auditLog: { state: 'found', rowId: 'row-1', row: { activityDisplayName: 'Disable account' } },
        },
      ],
      ended: { state: 'verified' },
    })
    expect(plan).toMatchObject({
      approvalsNeeded: 2,
      saidYes: [{ name: 'Ada' }, { name: 'Bo', how: 'code' }],
      sent: { length: guestIds.length },
    })
  })

  it('of a range holds too, by numbers and by days, with the links to the newest record', async () => {
    const records = recordPlaces().length
    for (const range of [{ from: 3 }, { from: 2, to: 5 }, { to: 4 }, { from: records }, { from: records + 10 }, { from: 5, to: 2 }]) {
      expect(await check(await exported(range))).toMatchObject({ code: 0 })
    }
    const day = await exported({ from: '2026-11-23T00:00:00.000Z', to: '2026-11-23T23:59:59.999Z' })
    expect(await check(day)).toMatchObject({ code: 0 })
    expect(day).toContain('disable-stale-guests')
    expect(day.split('\n').filter((line) => line.startsWith('{"record"')).length).toBeLessThan(records)
  })

  it('is a table for spreadsheets as well, in which nothing is a formula', async () => {
    let text = ''
    for await (const piece of csvLines(world.deps.store, world.ada, await headerOf({}))) text += piece
    expect(text.match(/\r\n/g)).toHaveLength(4)
    expect(text).toContain('"R-0001"')
    expect(text).toContain('"Ada"')
  })

  it('is compared with an older signed head: whatever was there then must still be there', async () => {
    const head = await saved('head.json', JSON.stringify(olderHead))
    expect(await check(`${lines.join('\n')}\n`, { head })).toMatchObject({ code: 0 })
    expect(await check(await exported({ to: 3 }), { head })).toMatchObject({ code: 0 })
    // Signed by the true key, and still shorter than what was signed before.
    const older = await saved('older.ndjson', `${lines.join('\n')}\n`)
    const behind = await check(JSON.stringify(olderHead), { head: older })
    expect(behind).toMatchObject({ code: 1 })
    expect(behind.said).toContain('cut off')
  })
})

describe('whoever edits an export', () => {
  const found = /^does not hold\. .*(Records? |Line |proposal )/

  it.each(['replace', 'remove', 'add', 'rename'] as const satisfies Edit[])('is found out at any depth of any line: %s', async (edit) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (place, seed) => {
        const index = place % lines.length
        const line = JSON.parse(lines[index] ?? '') as Json
        const edited = editAnywhere(line, edit, seed)
        fc.pre(edited !== undefined && canonicalJson(edited) !== canonicalJson(line))
        const { code, said } = await checkLines(lines.with(index, JSON.stringify(edited)))
        // Of a header without its format nothing is known: the file is then no export at all.
        const isHeader = index === 0
        expect(isHeader ? [1, 2] : [1]).toContain(code)
        if (!isHeader) expect(said).toMatch(found)
      }),
      { numRuns },
    )
  })

  it('is found out at the very record whose content was edited', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (place, seed) => {
        const places = recordPlaces()
        const index = places[place % places.length] ?? 0
        const record = recordAt(index)
        const body = editAnywhere(record.body, 'replace', seed)
        fc.pre(body !== undefined && canonicalJson(body) !== canonicalJson(record.body))
        const { code, said } = await checkLines(lines.with(index, lineOf({ ...record, body: body ?? null })))
        expect({ code, said }).toMatchObject({ code: 1 })
        expect(said).toContain(`Record ${record.seq}: it was changed`)
        // Hashed again, what follows no longer fits, or at the end what was signed.
        const again = await checkLines(lines.with(index, lineOf(hashed({ ...record, body: body ?? null }))))
        expect(again.code).toBe(1)
        expect(again.said).toContain(`Record ${index === places.at(-1) ? record.seq : record.seq + 1}:`)
      }),
      { numRuns: numRuns / 2 },
    )
  })

  it('who removes, repeats, swaps or puts in a record is found out at its place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (place, other) => {
        const places = recordPlaces()
        const index = places[place % places.length] ?? 0
        const { seq } = recordAt(index)
        const isLast = index === places.at(-1)
        const removed = await checkLines(lines.toSpliced(index, 1))
        expect(removed.code).toBe(1)
        expect(removed.said).toContain(
          isLast
            ? `Record ${seq}: it is not the record that was signed`
            : seq === 1
              ? 'Record 1:'
              : `Record ${seq + 1}: record ${seq} before it is missing`,
        )
        const twice = await checkLines(lines.toSpliced(index, 0, lines[index] ?? ''))
        expect(twice).toMatchObject({ code: 1 })
        expect(twice.said).toContain(`Record ${seq}: it stands in the file twice`)
        const swap = places[other % places.length] ?? 0
        if (swap !== index) {
          const [a, b] = [Math.min(index, swap), Math.max(index, swap)]
          const swapped = await checkLines(lines.with(a, lines[b] ?? '').with(b, lines[a] ?? ''))
          expect(swapped).toMatchObject({ code: 1 })
          expect(swapped.said).toContain(
            a === places[0] ? 'Record 1:' : `Record ${recordAt(b).seq}: it stands where record ${recordAt(a).seq} should`,
          )
        }
        const forged = hashed({ ...recordAt(index), seq: seq + 1, prevHash: recordAt(index).hash, body: { forged: true } })
        const inserted = await checkLines(lines.toSpliced(index + 1, 0, lineOf(forged)))
        expect(inserted).toMatchObject({ code: 1 })
        expect(inserted.said).toContain(`Record ${seq + 1}:`)
      }),
      { numRuns: numRuns / 4 },
    )
  })

  it('who removes, repeats or swaps the readable part of an action is found out too', async () => {
    const actions = lines.flatMap((line, index) => (line.startsWith('{"action"') ? [index] : []))
    for (const index of actions) {
      expect(await checkLines(lines.toSpliced(index, 1))).toMatchObject({ code: 1 })
      expect(await checkLines(lines.toSpliced(index, 0, lines[index] ?? ''))).toMatchObject({ code: 1 })
    }
    const [a = 0, b = 0] = actions
    expect(await checkLines(lines.with(a, lines[b] ?? '').with(b, lines[a] ?? ''))).toMatchObject({ code: 1 })
  })

  it('who signs again with a key of their own is found out by the key, and before that by what the rules of custody forbid', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const foreign = publicKey.export({ format: 'pem', type: 'spki' }).toString()
    const places = recordPlaces()
    const all = places.map(recordAt)
    const known = exportHeaderSchema.parse(JSON.parse(lines[0] ?? ''))
    const actionLines = lines.filter((line) => line.startsWith('{"action"'))
    /** The whole file, forged and signed: only its meaning can be wrong. */
    function forged(change: (record: JournalRecord) => JournalRecord | undefined): string {
      let prevHash = '0'.repeat(64)
      let seq = 0
      const records = all.flatMap((record) => {
        const changed = change(record)
        if (!changed) return []
        const next = hashed({ ...changed, seq: (seq += 1), prevHash })
        prevHash = next.hash
        return [next]
      })
      const header = { tenantId: known.tenantId, range: { from: 1, to: seq }, head: { seq, hash: prevHash, signedAt: known.head.signedAt } }
      const signature = sign(null, Buffer.from(signedHeader(header)), privateKey).toString('base64url')
      const first = { format: known.format, ...header, head: { ...header.head, signature, publicKey: foreign } }
      return [JSON.stringify(first), ...records.map(lineOf), ...actionLines].join('\n') + '\n'
    }
    const plan = all.findLast(({ kind }) => kind === 'proposed')?.subjectId
    const withBody = (record: JournalRecord, part: Record<string, Json>): JournalRecord => ({
      ...record,
      body: { ...(record.body as Record<string, Json>), ...part },
    })
    const cases: readonly (readonly [string, (record: JournalRecord) => JournalRecord | undefined, RegExp])[] = [
      [
        'no yes',
        (record) => (record.kind === 'confirmed' && record.subjectId !== plan ? undefined : record),
        /without the countersignatures/,
      ],
      ['one of two', (record) => (record.kind === 'confirmedFirst' ? undefined : record), /one person countersigned what needs two/],
      ['the same person twice', (record) => sameTwice(record), /second person is the first/],
      [
        'other bytes',
        (record) => (record.kind === 'confirmed' ? withBody(record, { bytesDigest: 'f'.repeat(64) }) : record),
        /than was shown/,
      ],
      [
        'another request',
        (record) =>
          record.kind === 'sending' ? withBody(record, { request: { method: 'DELETE', path: `/users/${erikId}`, body: null } }) : record,
        /another request was sent/,
      ],
      ['no read-back', (record) => (record.kind === 'readBack' && record.subjectId !== plan ? undefined : record), /without a read-back/],
      ['a row of another', (record) => otherRow(record), /does not prove/],
    ]
    const ofFirst = all.find(({ kind, subjectId }) => kind === 'offered' && subjectId === plan)
    function sameTwice(record: JournalRecord): JournalRecord {
      if (record.subjectId !== plan || !['offered', 'confirmed'].includes(record.kind) || record === ofFirst) return record
      return record.kind === 'offered'
        ? withBody(record, { person: world.ada.objectId })
        : withBody(record, { by: { objectId: world.ada.objectId, name: 'Bo' } })
    }
    function otherRow(record: JournalRecord): JournalRecord {
      const { row } = record.body as { row?: Record<string, Json> | null }
      return record.kind === 'echo' && row ? withBody(record, { row: { ...row, initiatedByUserId: erikId } }) : record
    }
    for (const [, change, because] of cases) {
      const { code, said } = await check(forged(change))
      expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(because) })
      expect(said).toMatch(/^does not hold\. Record \d+:/)
    }
    const perfect = forged((record) => record)
    const key = await saved('true.pem', known.head.publicKey)
    expect(await check(perfect)).toMatchObject({ code: 0 })
    const told = await check(perfect, { key })
    expect(told).toMatchObject({ code: 1 })
    expect(told.said).toContain('another key')
  })
})

describe('a long journal', () => {
  it('is written piece by piece and verified in little memory', async () => {
    const other = await openWorld()
    const count = process.env['DRILL'] === '1' ? 20_000 : 1500
    const who = { tenantId: other.ada.tenantId, objectId: other.ada.objectId }
    for (let start = 0; start < count; start += 500)
      await writeTx(other.deps.store, who, async (tx) => {
        for (let index = 0; index < 500; index++)
          await append(tx, { kind: 'actionSwitched', subjectId: 'disable-user', at: '2026-11-22T12:00:00.000Z', body: { index } })
      })
    const header = await beginExport(other.deps.store, other.ada, {}, '2026-11-22T12:00:00.000Z')
    if (!header) throw new Error('The journal is empty.')
    let longest = 0
    let text = ''
    for await (const piece of exportLines(other.deps.store, other.ada, header)) {
      longest = Math.max(longest, piece.length)
      text += piece
    }
    await other.close()
    expect(longest).toBeLessThan(text.length / 5)
    expect(await check(text)).toMatchObject({ code: 0 })
    expect((await readFile(join(folder, 'export.ndjson'), 'utf8')).split('\n')).toHaveLength(count + 2)
  })
})

function auditRow(): unknown {
  return {
    id: 'row-1',
    activityDateTime: iso(),
    activityDisplayName: 'Disable account',
    correlationId: 'c-1',
    result: 'success',
    initiatedBy: { app: null, user: { id: aidId, userPrincipalName: 'aid@contoso.example' } },
    targetResources: [
      { id: erikId, displayName: null, modifiedProperties: [{ displayName: 'AccountEnabled', oldValue: '[true]', newValue: '[false]' }] },
    ],
    additionalDetails: [],
  }
}
