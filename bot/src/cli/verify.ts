import { readFile } from 'node:fs/promises'
import { exportFormat, headFileSchema, signedHead } from '@countersign/core/actions/export.ts'
import { parseJson } from '@countersign/core/parse-json.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { printable } from './terminal.ts'
import { checkExport } from './verify/export.ts'
import { jsonAsWritten, linesOf } from './verify/lines.ts'
import { checkReceipt } from './verify/receipt.ts'
import type { Checked, CheckOptions, Head } from './verify/result.ts'
import { readPublicKey, signatureProblem } from './verify/signature.ts'

export { receiptProblem } from './verify/receipt.ts'

export interface VerifyOptions {
  readonly files: readonly string[]
  /** PEM file of the public key that the reader trusts; without it the key in each file is used, and said to be so. */
  readonly key?: string
  /** An older receipt, export or signed head: what is checked must hold all that was there then. */
  readonly head?: string
  readonly write: (line: string) => void
}

/** Checks receipts and exports without the service. Answers the exit code: fine when every file holds. */
export async function verify({ files, key, head, write }: VerifyOptions): Promise<ExitCode> {
  const pinned = key === undefined ? undefined : await readPublicKey(key)
  if (key !== undefined && pinned === undefined) {
    write(`${printable(key)}: this is not a public key in PEM form (Ed25519, as the service signs with)`)
    return exitCodes.notDone
  }
  const older = head === undefined ? undefined : await check(head, { pinned, watch: undefined })
  if (older && older.kind !== 'holds') {
    write(printable(`${head}: cannot be compared with. ${older.sentence}`))
    return older.kind === 'broken' ? exitCodes.doesNotHold : exitCodes.notDone
  }
  let exitCode: ExitCode = exitCodes.fine
  for (const file of files) {
    const checked = compared(await check(file, { pinned, watch: older?.head.seq }), older?.head)
    write(printable(`${file}: ${sentenceOf(checked, pinned !== undefined)}`))
    if (checked.kind === 'broken' && exitCode === exitCodes.fine) exitCode = exitCodes.doesNotHold
    if (checked.kind === 'unreadable') exitCode = exitCodes.notDone
  }
  return exitCode
}

function sentenceOf(checked: Checked, isPinned: boolean): string {
  switch (checked.kind) {
    case 'holds':
      return `holds. ${checked.sentence} with ${isPinned ? 'the key you gave' : 'the key in the file itself (give --key to pin yours)'}`
    case 'broken':
      return `does not hold. ${checked.sentence}`
    case 'unreadable':
      return checked.sentence
  }
}

/** Whether a file that holds by itself still holds what was signed before. */
function compared(checked: Checked, older: Head | undefined): Checked {
  if (checked.kind !== 'holds' || !older) return checked
  const { head, hashAt, first } = checked
  if (head.tenantId !== older.tenantId) return { kind: 'broken', sentence: 'It belongs to another tenant than the older head.' }
  if (head.publicKey !== older.publicKey) return { kind: 'broken', sentence: 'It was signed with another key than the older head.' }
  if (head.seq < older.seq)
    return {
      kind: 'broken',
      sentence: `Record ${older.seq}: it is in the older head and no longer here: the end was cut off at record ${head.seq}.`,
    }
  if (first > older.seq)
    return { ...checked, sentence: `${checked.sentence}; it begins after the older head (record ${older.seq}), which says nothing of it,` }
  if (hashAt !== older.hash)
    return {
      kind: 'broken',
      sentence: `Record ${older.seq}: it is not the one that the older head was signed over: the journal was written anew.`,
    }
  return { ...checked, sentence: `${checked.sentence}; it holds the older head (record ${older.seq});` }
}

const mend = 'Give the path of a receipt or an export that was downloaded.'

async function check(file: string, options: CheckOptions): Promise<Checked> {
  let first: string | undefined
  try {
    for await (const line of linesOf(file)) {
      first = line
      break
    }
    const opening = first === undefined ? undefined : jsonAsWritten(first)
    if (formatOf(opening?.value) === exportFormat) return await checkExport(file, opening?.value, options)
    return checkDocument((await readFile(file, 'utf8')).trimEnd(), options)
  } catch (error) {
    if (Object(error).syscall === undefined) throw error
    return { kind: 'unreadable', sentence: `cannot be read. ${mend}` }
  }
}

function checkDocument(text: string, options: CheckOptions): Checked {
  const json = parseJson(text)
  if (json === undefined) return { kind: 'unreadable', sentence: `is not JSON. ${mend}` }
  const format = formatOf(json)
  if (format !== 'countersign-receipt/1' && format !== 'countersign-head/1')
    return { kind: 'unreadable', sentence: `is not a receipt, nor an export: it names no format that this version knows. ${mend}` }
  if (!jsonAsWritten(text))
    return { kind: 'broken', sentence: 'It is not written as a program writes it: a name stands in it twice, or it was edited by hand.' }
  return format === 'countersign-receipt/1' ? checkReceipt(json, options) : checkHead(json, options)
}

function checkHead(json: unknown, { pinned }: CheckOptions): Checked {
  const parsed = headFileSchema.safeParse(json)
  if (!parsed.success) return { kind: 'broken', sentence: 'It does not have the shape of a signed head.' }
  const { seq, hash, tenantId, publicKey, signature, signedAt } = parsed.data
  const problem = signatureProblem(signedHead(parsed.data), signature, publicKey, pinned)
  if (problem !== undefined) return { kind: 'broken', sentence: `Record ${seq}: ${problem}.` }
  return {
    kind: 'holds',
    sentence: `record ${seq}, signed ${signedAt}`,
    head: { tenantId, seq, hash, publicKey },
    first: seq,
    hashAt: hash,
  }
}

function formatOf(json: unknown): unknown {
  return Object(json).format
}
