import type { z } from 'zod'
import type { Route } from '@countersign/core/api/route.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { ServiceClient } from './service-client.ts'
import type { Terminal } from './terminal.ts'
import { ended, withService, type ServiceOptions } from './with-service.ts'

type CallOptions = NonNullable<Parameters<ServiceClient['call']>[1]>

/** Asks the running service one thing as the signed-in person and prints the answer: as it came with --json, else in words. */
export async function ask<R extends Route>(
  command: string,
  options: ServiceOptions & { readonly json: boolean },
  terminal: Terminal,
  route: R,
  call: Omit<CallOptions, 'token'>,
  report: (answer: z.output<R['answer']>) => string,
): Promise<ExitCode> {
  const done = await withService(options, terminal, 'nothing was asked', async ({ client, token }) => {
    const answered = await client.call(route, { ...call, token })
    return answered.kind === 'answer' ? { kind: 'answer' as const, body: answered.body } : ended(answered.sentence)
  })
  if (done.kind === 'answer') {
    terminal.out(options.json ? JSON.stringify(done.body, null, 2) : report(done.body))
    return exitCodes.fine
  }
  if (options.json) terminal.out(JSON.stringify({ error: done.sentence }))
  terminal.tell(`countersign ${command}: ${done.sentence}`)
  return exitCodes.notDone
}
