import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { sql } from 'kysely'
import { firstBrokenRecord, receiptFileSchema } from '../../../core/actions/journal.ts'
import { hashTerms } from '../../../core/actions/proposal.ts'
import { requestHash } from '../../../core/actions/warrant.ts'
import { canonicalJson } from '../../../core/digest.ts'
import { openStore } from '../../../bot/src/store/database.ts'
import { append, chain, openStep, recordsFor, signReceipt } from '../../../bot/src/store/journal.ts'
import { insertProposal, moveState, nextReceiptNumber, proposalById } from '../../../bot/src/store/proposals.ts'
import { finishStep, stepsOf, stepsSending } from '../../../bot/src/store/steps.ts'
import { inside, readTx, writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { buildProposal } from './build-proposal.ts'
import { asUser, openTestStore, silentLog, testDeploymentKey, type TestStore } from './test-store.ts'

const at = '2026-11-20T10:00:00.000Z'
let test: TestStore
let tenant: StoredJob
beforeAll(async () => void (test = await openTestStore()))
beforeEach(async () => void (tenant = await test.newTenant()))
afterAll(() => test.close())

describe('journal', () => {
  function appendOne(): Promise<unknown> {
    return writeTx(test.store, tenant, (tx) => append(tx, { kind: 'proposed', subjectId: 'p', body: { amount: 1 }, at }))
  }

  it('is one unbroken chain after 20 appends at the same time', async () => {
    const busy = await test.newTenant()
    await Promise.all(
      Array.from({ length: 20 }, (_each, index) =>
        writeTx(test.store, busy, (tx) =>
          append(tx, { kind: 'proposed', subjectId: `p${index}`, body: { index, odd: '\u0000\ud800', zero: -0 }, at }),
        ),
      ),
    )
    const records = await readTx(test.store, busy, chain)
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_each, index) => index + 1))
    const head = records.at(-1)
    expect(head && firstBrokenRecord(records, head)).toBeUndefined()
    expect(new Set(records.map(({ subjectId }) => subjectId)).size).toBe(20)
  })

  it('cannot be changed by the service', async () => {
    await appendOne()
    for (const statement of [`update journal set body = '{}'`, 'delete from journal', 'truncate journal']) {
      await expect(writeTx(test.store, tenant, (tx) => sql.raw(statement).execute(tx[inside].db))).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('cannot be changed by the owner of its table either', async () => {
    await appendOne()
    for (const statement of [
      `update countersign.journal set body = '{}'`,
      'delete from countersign.journal',
      'truncate countersign.journal',
    ]) {
      const attempt = asUser(test.owner, async (client) => {
        await client.query(`select set_config('app.tenant_id', $1, false)`, [tenant.tenantId])
        await client.query(statement)
      })
      await expect(attempt).rejects.toThrow('The journal is append-only.')
    }
    expect(await readTx(test.store, tenant, chain)).toHaveLength(1)
  })

  it('takes no record that does not continue it', async () => {
    const insert = (seq: number, prevHash: string) =>
      writeTx(test.store, tenant, (tx) =>
        sql`insert into journal (seq, at, kind, subject_id, body, prev_hash, hash) values (${seq}, ${at}, 'proposed', 'p', '{}', ${prevHash}, ${'c'.repeat(64)})`.execute(
          tx[inside].db,
        ),
      )
    await appendOne()
    const [first] = await readTx(test.store, tenant, chain)
    await expect(insert(3, first?.hash ?? '')).rejects.toThrow('does not continue')
    await expect(insert(2, 'd'.repeat(64))).rejects.toThrow('does not continue')
  })
})

describe('opening a step', () => {
  it('answers one Warrant to 20 callers at the same time, with one record of sending', async () => {
    const proposal = buildProposal(tenant, { state: 'executing', steps: 2 })
    await writeTx(test.store, tenant, (tx) => insertProposal(tx, proposal))
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        writeTx(test.store, tenant, (tx) => openStep(tx, { proposalId: proposal.id, stepIndex: 0, at, version: '1.2.3' })),
      ),
    )
    const warrants = answers.filter((answer) => answer !== undefined)
    expect(warrants).toHaveLength(1)
    const write = proposal.steps[0]?.write
    if (!write) throw new Error('The proposal was built without a step.')
    expect(warrants[0]).toMatchObject({
      tenantId: tenant.tenantId,
      proposalId: proposal.id,
      proposalHash: proposal.hash,
      stepIndex: 0,
      request: write,
      requestHash: requestHash(write),
    })
    expect(warrants[0]?.userAgent).toBe(`Countersign/1.2.3 (proposal ${proposal.id}; by ${tenant.objectId}; at ${at})`)
    const records = await readTx(test.store, tenant, (tx) => recordsFor(tx, proposal.id))
    expect(records.map(({ kind }) => kind)).toEqual(['sending'])
    expect(records[0]?.body).toMatchObject({ clientRequestId: warrants[0]?.clientRequestId, requestHash: requestHash(write) })
    expect((await readTx(test.store, tenant, (tx) => stepsOf(tx, proposal.id))).map(({ state }) => state)).toEqual(['sending', 'planned'])
  })

  it('never opens a step again, not after it was done and not by force', async () => {
    const proposal = buildProposal(tenant, { state: 'executing' })
    const step = { proposalId: proposal.id, stepIndex: 0, at, version: '1' }
    await writeTx(test.store, tenant, (tx) => insertProposal(tx, proposal))
    await writeTx(test.store, tenant, (tx) => openStep(tx, step))
    expect((await readTx(test.store, tenant, stepsSending)).map(({ proposalId }) => proposalId)).toContain(proposal.id)
    expect(await writeTx(test.store, tenant, (tx) => finishStep(tx, proposal.id, 0, { status: 204 }, at))).toBe(true)
    expect(await writeTx(test.store, tenant, (tx) => finishStep(tx, proposal.id, 0, { status: 500 }, at))).toBe(false)
    expect(await writeTx(test.store, tenant, (tx) => openStep(tx, step))).toBeUndefined()
    const force = writeTx(test.store, tenant, (tx) =>
      sql`update proposal_step set state = 'planned', sent_at = null, done_at = null where proposal_id = ${proposal.id}`.execute(
        tx[inside].db,
      ),
    )
    await expect(force).rejects.toThrow('never back')
    expect(await readTx(test.store, tenant, (tx) => stepsOf(tx, proposal.id))).toMatchObject([{ state: 'done', outcome: { status: 204 } }])
  })

  it('leaves the step planned when the transaction does not commit', async () => {
    const proposal = buildProposal(tenant, { state: 'executing' })
    await writeTx(test.store, tenant, (tx) => insertProposal(tx, proposal))
    const crash = writeTx(test.store, tenant, async (tx) => {
      await openStep(tx, { proposalId: proposal.id, stepIndex: 0, at, version: '1' })
      throw new Error('crash before commit')
    })
    await expect(crash).rejects.toThrow('crash before commit')
    expect(await readTx(test.store, tenant, (tx) => stepsOf(tx, proposal.id))).toMatchObject([{ state: 'planned', clientRequestId: null }])
    expect(await readTx(test.store, tenant, (tx) => recordsFor(tx, proposal.id))).toEqual([])
  })

  it('refuses a proposal that is not executing, an unknown one, and terms that do not match their hash', async () => {
    const confirmed = buildProposal(tenant, { state: 'confirmed' })
    const tampered = { ...buildProposal(tenant, { state: 'executing' }), requestedBy: randomUUID() }
    await writeTx(test.store, tenant, async (tx) => {
      await insertProposal(tx, confirmed)
      await insertProposal(tx, tampered)
    })
    const open = (proposalId: string, stepIndex = 0) =>
      writeTx(test.store, tenant, (tx) => openStep(tx, { proposalId, stepIndex, at, version: '1' }))
    await expect(open(confirmed.id)).rejects.toThrow('is confirmed')
    await expect(open(tampered.id)).rejects.toThrow('do not match its hash')
    await expect(open(randomUUID())).rejects.toThrow('no proposal')
  })
})

describe('proposals', () => {
  it('come back with the very terms that were hashed', async () => {
    const proposal = buildProposal(tenant)
    await writeTx(test.store, tenant, (tx) => insertProposal(tx, proposal))
    const stored = await readTx(test.store, tenant, (tx) => proposalById(tx, proposal.id))
    expect(stored && hashTerms(stored)).toBe(proposal.hash)
    expect(stored?.subject.name).toBe(proposal.subject.name)
  })

  it('change state once per compare-and-swap among 20 callers', async () => {
    const proposal = buildProposal(tenant, { state: 'offered' })
    await writeTx(test.store, tenant, (tx) => insertProposal(tx, proposal))
    const moved = await Promise.all(
      Array.from({ length: 20 }, () => writeTx(test.store, tenant, (tx) => moveState(tx, proposal.id, 'offered', 'confirmed'))),
    )
    expect(moved.filter(Boolean)).toHaveLength(1)
  })

  it('get receipt numbers from 1 without gaps or twins, and keep theirs', async () => {
    const numbering = await test.newTenant()
    const proposals = Array.from({ length: 12 }, () => buildProposal(numbering))
    await writeTx(test.store, numbering, async (tx) => {
      for (const proposal of proposals) await insertProposal(tx, proposal)
    })
    const numbers = await Promise.all(proposals.map(({ id }) => writeTx(test.store, numbering, (tx) => nextReceiptNumber(tx, id))))
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_each, index) => index + 1))
    const [first] = proposals
    expect(await writeTx(test.store, numbering, (tx) => nextReceiptNumber(tx, first?.id ?? ''))).toBe(numbers[0])
  })
})

describe('receipt', () => {
  it('is a signed extract that discloses no other subject and shows any change', async () => {
    const issuing = await test.newTenant()
    const proposal = buildProposal(issuing)
    await writeTx(test.store, issuing, async (tx) => {
      await insertProposal(tx, proposal)
      await append(tx, { kind: 'proposed', subjectId: 'earlier', body: { hidden: 'before' }, at })
      await append(tx, { kind: 'proposed', subjectId: proposal.id, body: { shown: 1 }, at })
      await append(tx, { kind: 'proposed', subjectId: 'other', body: { hidden: 'between' }, at })
      await append(tx, { kind: 'ended', subjectId: proposal.id, body: { shown: 2 }, at })
      await nextReceiptNumber(tx, proposal.id)
    })
    const receipt = receiptFileSchema.parse(await readTx(test.store, issuing, (tx) => signReceipt(tx, proposal.id, at)))
    expect(receipt.records.map((record) => ('kind' in record ? record.kind : 'sealed'))).toEqual(['proposed', 'sealed', 'ended'])
    expect(JSON.stringify(receipt)).not.toContain('hidden')
    expect(receipt.receiptNumber).toBe(1)
    expect(firstBrokenRecord(receipt.records, receipt.head)).toBeUndefined()
    const { seq, hash, signedAt, signature, publicKey } = receipt.head
    const signed = (part: object) =>
      verify(
        null,
        Buffer.from(
          canonicalJson({
            tenantId: receipt.tenantId,
            proposalId: receipt.proposalId,
            receiptNumber: receipt.receiptNumber,
            seq,
            hash,
            signedAt,
            ...part,
          }),
        ),
        createPublicKey(publicKey),
        Buffer.from(signature, 'base64url'),
      )
    expect(signed({})).toBe(true)
    expect(signed({ receiptNumber: 2 })).toBe(false)
    const changed = receipt.records.map((record) =>
      'kind' in record && record.kind === 'ended' ? { ...record, body: { shown: 3 } } : record,
    )
    expect(firstBrokenRecord(changed, receipt.head)).toEqual({ seq: 4, problem: 'changed' })
    expect(await readTx(test.store, issuing, (tx) => signReceipt(tx, randomUUID(), at))).toBeUndefined()
  })

  it('is signed with the same key by every process, and only with the deployment key that made it', async () => {
    const another = await openStore({ databaseUrl: test.databaseUrl, deploymentKey: testDeploymentKey }, silentLog)
    const subjectId = randomUUID()
    await writeTx(test.store, tenant, (tx) => append(tx, { kind: 'ended', subjectId, body: {}, at }))
    const keys = await Promise.all(
      [test.store, another].map((store) => readTx(store, tenant, async (tx) => (await signReceipt(tx, subjectId, at))?.head.publicKey)),
    )
    await another.close()
    expect(keys[0]).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(keys[1]).toBe(keys[0])
    await expect(openStore({ databaseUrl: test.databaseUrl, deploymentKey: new Uint8Array(32) }, silentLog)).rejects.toThrow(
      'DEPLOYMENT_KEY that made the store',
    )
  })
})
