import { createPublicKey, verify as verifySignature } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  firstBrokenRecord,
  receiptFileSchema,
  type ChainProblem,
  type JournalRecord,
  type ReceiptFile,
} from '@countersign/core/actions/journal.ts'
import { hashTerms, type ProposalTerms } from '@countersign/core/actions/proposal.ts'
import { confirmedBody, offeredBody, proposedBody, sendingBody } from '@countersign/core/actions/record-bodies.ts'
import { requestHash } from '@countersign/core/actions/warrant.ts'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'

export interface VerifyOptions {
  readonly files: readonly string[]
  /** PEM file of the public key that the reader trusts; without it the key in the receipt is used, and said to be so. */
  readonly key?: string
  readonly write: (line: string) => void
}

const problemText: Record<ChainProblem['problem'], string> = {
  changed: 'its content does not match its seal',
  link: 'it does not follow from the record before it',
  order: 'a record before it is missing or out of order',
  head: 'it is not the record that was signed',
  start: 'the chain does not begin where it should',
}

/** Checks receipt files without the service. Answers the exit code: 0 when every file holds, 1 when one does not, 2 when one cannot be read. */
export async function verify({ files, key, write }: VerifyOptions): Promise<number> {
  let exitCode = 0
  const pinned = key === undefined ? undefined : await readPublicKey(key)
  if (pinned === null) {
    write(`${key}: this is not a public key in PEM form`)
    return 2
  }
  for (const file of files) {
    const read = await readReceipt(file)
    if (typeof read === 'string') {
      write(`${file}: ${read}`)
      exitCode = 2
      continue
    }
    const problem = receiptProblem(read, pinned)
    if (problem !== undefined) {
      write(`${file}: does not hold. ${problem}`)
      exitCode = Math.max(exitCode, 1)
      continue
    }
    const number = read.receiptNumber === null ? 'no number' : `R-${String(read.receiptNumber).padStart(4, '0')}`
    write(
      `${file}: holds. ${number}, ${read.records.length} records, signed ${read.head.signedAt} with ${pinned ? 'the key you gave' : 'the key in the file itself (give --key to pin yours)'}`,
    )
  }
  return exitCode
}

/** What is wrong with a receipt, naming the first broken record; undefined when everything holds. */
export function receiptProblem(receipt: ReceiptFile, pinnedKey: string | undefined): string | undefined {
  const broken = firstBrokenRecord(receipt.records, receipt.head)
  if (broken) return `Record ${broken.seq}: ${problemText[broken.problem]}.`
  const { seq, hash, signedAt } = receipt.head
  const { tenantId, proposalId, receiptNumber } = receipt
  if (
    !signatureHolds(
      canonicalJson({ tenantId, proposalId, receiptNumber, seq, hash, signedAt }),
      receipt.head.signature,
      pinnedKey ?? receipt.head.publicKey,
    )
  )
    return `Record ${seq}: the signature over it is not by ${pinnedKey ? 'the key you gave' : 'the key in the file'}.`
  return meaningProblem(receipt)
}

/** The same terms from proposal to request: what was shown, confirmed and sent is one thing. */
function meaningProblem({ records, proposalId }: ReceiptFile): string | undefined {
  const own = records.filter((record): record is JournalRecord => 'kind' in record && record.subjectId === proposalId)
  let hash: string | undefined
  let requests: readonly string[] = []
  let confirmed = false
  let shown: string | undefined
  const sent = new Set<number>()
  for (const { seq, kind, body } of own) {
    if (kind === 'proposed') {
      const parsed = proposedBody.safeParse(body)
      if (!parsed.success) return `Record ${seq}: the proposal is not readable.`
      // Sealed by the hash that is compared right here; its shape is the proposal's own.
      const terms = parsed.data.terms as unknown as ProposalTerms
      hash = hashTerms(terms)
      if (hash !== parsed.data.hash || terms.id !== proposalId) return `Record ${seq}: the proposal's terms do not match its hash.`
      requests = terms.steps.map(({ write }) => requestHash(write))
    }
    if (kind === 'offered') {
      const parsed = offeredBody.safeParse(body)
      if (!parsed.success || parsed.data.proposalHash !== hash) return `Record ${seq}: another proposal was shown.`
      shown = parsed.data.bytesDigest
    }
    if (kind === 'confirmed') {
      const parsed = confirmedBody.safeParse(body)
      if (!parsed.success || parsed.data.proposalHash !== hash || parsed.data.bytesDigest !== shown)
        return `Record ${seq}: something else was countersigned than was shown.`
      if (confirmed) return `Record ${seq}: the proposal was countersigned twice.`
      confirmed = true
    }
    if (kind === 'sending') {
      const parsed = sendingBody.safeParse(body)
      if (!parsed.success) return `Record ${seq}: the request is not readable.`
      const { request, stepIndex } = parsed.data
      const recomputed = requestHash({
        method: request.method as 'PATCH' | 'POST' | 'DELETE',
        path: request.path,
        body: request.body as Json,
      })
      if (!confirmed) return `Record ${seq}: a request was sent without a countersignature.`
      if (recomputed !== parsed.data.requestHash || recomputed !== requests[stepIndex])
        return `Record ${seq}: another request was sent than was countersigned.`
      if (sent.has(stepIndex)) return `Record ${seq}: step ${stepIndex + 1} was sent twice.`
      sent.add(stepIndex)
    }
  }
  return hash === undefined ? 'The receipt holds no proposal.' : undefined
}

function signatureHolds(text: string, signature: string, publicKey: string): boolean {
  try {
    return verifySignature(null, Buffer.from(text, 'utf8'), createPublicKey(publicKey), Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

async function readPublicKey(file: string): Promise<string | null> {
  try {
    const pem = await readFile(file, 'utf8')
    createPublicKey(pem)
    return pem
  } catch {
    return null
  }
}

/** The receipt, or a sentence that says why there is none. */
async function readReceipt(file: string): Promise<ReceiptFile | string> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return 'cannot be read. Give the path of a receipt that was downloaded from its page.'
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'is not JSON. A receipt is the file that its page gives for download.'
  }
  const parsed = receiptFileSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return `is not a receipt: ${issue ? `${issue.path.join('.') || 'the file'}: ${issue.message}` : 'its shape is unknown'}`
}
