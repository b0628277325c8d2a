import { open, rm } from 'node:fs/promises'
import type { z } from 'zod'
import { echoSentence } from '@countersign/core/actions/echo.ts'
import { stateSentences } from '@countersign/core/actions/sentences.ts'
import { problemSchema } from '@countersign/core/api/problem.ts'
import { listReceipts } from '@countersign/core/api/proposals.ts'
import { exportJournal } from '@countersign/core/api/receipts.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { failureOf, failureSentence } from './network.ts'
import { problemSentence } from './service-client.ts'
import { printable, type Terminal } from './terminal.ts'
import { ended, withService, type Ended, type ServiceOptions, type Visit } from './with-service.ts'

export interface ReceiptsOptions extends ServiceOptions {
  readonly json: boolean
}

/** Prints every receipt of the tenant, newest first. */
export async function receipts(options: ReceiptsOptions, terminal: Terminal): Promise<ExitCode> {
  const listed = await withService(options, terminal, 'nothing was asked', async ({ client, token }) => {
    const answered = await client.call(listReceipts, { token })
    return answered.kind === 'answer' ? { kind: 'listed' as const, body: answered.body } : ended(answered.sentence)
  })
  if (listed.kind === 'ended') {
    if (options.json) terminal.out(JSON.stringify({ error: listed.sentence }))
    terminal.tell(`countersign receipts: ${listed.sentence}`)
    return exitCodes.notDone
  }
  const { receipts: lines } = listed.body
  if (options.json) terminal.out(JSON.stringify(listed.body, null, 2))
  else terminal.out(lines.length === 0 ? 'There are no receipts yet.' : lines.map(textOf).join('\n\n'))
  return exitCodes.fine
}

function textOf({ receiptNumber, title, by, at, state, echo }: z.output<(typeof listReceipts)['answer']>['receipts'][number]): string {
  return [
    `R-${String(receiptNumber).padStart(4, '0')}  ${printable(title)}`,
    `  asked for by ${printable(by)}, ${at}`,
    `  ${stateSentences[state]}`,
    `  ${echoSentence(echo, null)}`,
  ].join('\n')
}

export interface ExportOptions extends ReceiptsOptions {
  readonly out: string
  readonly from: string | undefined
  readonly to: string | undefined
  readonly csv: boolean
}

interface Saved {
  readonly kind: 'saved'
  readonly bytes: number
}

/** Saves the journal to a file as it comes in; a file that did not arrive whole is taken away again. */
export async function exportReceipts(options: ExportOptions, terminal: Terminal): Promise<ExitCode> {
  const saved = await withService(options, terminal, 'nothing was written', (visit) => save(visit, options))
  if (saved.kind === 'ended') {
    terminal.tell(`countersign receipts export: ${saved.sentence}`)
    return exitCodes.notDone
  }
  terminal.out(`${options.out}: ${saved.bytes} bytes.${options.csv ? '' : ` Check it with: countersign verify ${options.out}`}`)
  return exitCodes.fine
}

async function save({ client, token, interrupted }: Visit, { out, from, to, csv }: ExportOptions): Promise<Saved | Ended> {
  const query = new URLSearchParams({
    format: csv ? 'csv' : 'json',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })
  let response: Response
  try {
    response = await fetch(`${client.address}${exportJournal.path}?${query.toString()}`, {
      headers: { authorization: `Bearer ${token}`, accept: csv ? 'text/csv' : 'application/x-ndjson' },
      redirect: 'manual',
      signal: interrupted,
    })
  } catch (error) {
    return interrupted.aborted ? ended('It was given up; nothing was written.') : ended(failureSentence(client.address, failureOf(error)))
  }
  if (!response.ok || !response.body) return ended(await refusalOf(response, client.address))
  const file = await open(out, 'wx', 0o600).catch((error: unknown) => (Object(error).code === 'EEXIST' ? 'exists' : 'refused'))
  if (file === 'exists') return ended(`${out} is there already and was left as it is. Give --out the name of a new file.`)
  if (file === 'refused') return ended(`${out} cannot be written. Give --out a file in a folder that you may write to.`)
  let bytes = 0
  try {
    for await (const piece of response.body) {
      const chunk: Uint8Array = piece
      await file.write(chunk)
      bytes += chunk.length
    }
    await file.close()
    return { kind: 'saved', bytes }
  } catch (error) {
    await file.close()
    await rm(out, { force: true })
    const why = interrupted.aborted ? 'It was given up' : failureSentence(client.address, failureOf(error)).replace(/\.$/, '')
    return ended(`${why}; what had arrived was not whole and was not kept.`)
  }
}

async function refusalOf(response: Response, address: string): Promise<string> {
  const problem = problemSchema.safeParse(await response.json().catch(() => undefined))
  return problem.success
    ? problemSentence(problem.data)
    : `What answers at ${address} does not speak as this version of Countersign does (${exportJournal.path} gave ${response.status}). Check --service.`
}
