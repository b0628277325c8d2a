import type { FindingPage } from '@countersign/core/api/findings.ts'
import { digest, type Json } from '@countersign/core/digest.ts'
import type { AnyCheck } from '@countersign/core/posture/check.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import type { Fact, FactKey } from '@countersign/core/posture/fact.ts'
import { facts } from '@countersign/core/posture/facts.ts'
import { neededFacts } from '@countersign/core/posture/judge-facts.ts'
import { requestOf } from '../../engine/scan/request.ts'
import { factReads, rowsByKey, type FactRead } from '../../store/facts.ts'
import type { StoredFinding } from '../../store/findings.ts'
import type { ReadTx } from '../../store/transaction.ts'

const excerptRows = 2
const excerptLength = 600

/** What Graph answered for the facts that the check rests on: request, time, digest and the first of the rows that the findings name. */
export async function answersBehind(
  tx: ReadTx,
  scanId: string,
  check: AnyCheck,
  findings: readonly StoredFinding[],
): Promise<FindingPage['answers']> {
  const needed = neededFacts(checks.filter(({ id }) => id === check.id))
  const reads = await factReads(tx, scanId)
  const basis = findings.filter(({ state }) => state !== 'closed').flatMap((finding) => finding.basis)
  const list: readonly Fact[] = facts
  const answers: FindingPage['answers'] = []
  for (const fact of list.filter(({ id }) => needed.has(id))) {
    const read = reads.find((known) => known.fact === fact.id)
    if (read?.state === 'read') answers.push(await answerOf(tx, scanId, fact, read, basis))
  }
  return answers
}

async function answerOf(
  tx: ReadTx,
  scanId: string,
  fact: Fact,
  read: FactRead,
  basis: readonly string[],
): Promise<FindingPage['answers'][number]> {
  const keys = [...new Set(basis.filter((key) => key.startsWith(`${fact.id}/`)).map((key) => rowKeyOf(key)))]
    .filter((key) => key !== '')
    .sort()
  const rows: readonly Json[] = (await rowsByKey(tx, scanId, fact.id, keys)).map(({ row }) => row)
  const excerpt = rows
    .slice(0, excerptRows)
    .map((row) => JSON.stringify(row, null, 2))
    .join('\n')
  return {
    fact: fact.id,
    request: requestOf(fact),
    asOf: read.asOf ?? '',
    rows: read.rows,
    digest: digest(rows),
    excerpt: excerpt.slice(0, excerptLength),
  }
}

function rowKeyOf(key: FactKey | string): string {
  return key.slice(key.indexOf('/') + 1)
}
