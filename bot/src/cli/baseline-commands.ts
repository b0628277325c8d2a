import type { Command } from 'commander'
import { baselines } from '@countersign/core/posture/baselines.ts'
import { asked, overService, type Given } from './over-service.ts'
import type { Terminal } from './terminal.ts'

/** What a tenant is judged by. */
export function addBaselines(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  type Listing = Given & { readonly policies?: boolean; readonly history?: boolean }
  const list = async (given: Listing): Promise<void> => {
    const { policies = false, history = false } = given
    finish(await (await import('./baselines.ts')).baselines({ ...asked(given), policies, history }, terminal))
  }
  const command = overService(
    program,
    'baselines',
    'Show what your tenant is judged by; choose a baseline, set a parameter differently with a reason, or withdraw that.',
  )
    .option('--policies', 'also the verdict of each policy of the chosen baseline')
    .option('--history', 'also who changed what, when and why')
    .addHelpText('after', '\nExample: countersign baselines set inactiveDays 60 --reason "Projects last two months"')
    .action(list)

  command
    .command('list')
    .description('The same as without a word: baseline, parameters, own values.')
    .action(async (_own: unknown, sub: Command) => list(sub.optsWithGlobals<Listing>()))

  command
    .command('choose')
    .description('Choose the baseline, as an owner; the stored facts are judged again at once.')
    .argument('<baseline>', `one of ${baselines.map(({ id }) => id).join(', ')}`)
    .requiredOption('--reason <text>', 'why; shown with your name')
    .action(async (id: string, _own: unknown, sub: Command) => {
      const given = sub.optsWithGlobals<Given & { reason: string }>()
      finish(await (await import('./baselines.ts')).choose({ ...asked(given), id, reason: given.reason }, terminal))
    })

  command
    .command('set')
    .description('Set a parameter differently from the baseline, as an owner; the stored facts are judged again at once.')
    .argument('<parameter>', 'id of the parameter, from countersign baselines')
    .argument('<value>', 'a number, yes or no, or a list with commas')
    .requiredOption('--reason <text>', 'why; shown with your name wherever the value counts')
    .action(async (parameter: string, value: string, _own: unknown, sub: Command) => {
      const given = sub.optsWithGlobals<Given & { reason: string }>()
      finish(await (await import('./baselines.ts')).setOwn({ ...asked(given), parameter, value, reason: given.reason }, terminal))
    })

  command
    .command('withdraw')
    .description('Go back to the baseline’s value of a parameter, as an owner.')
    .argument('<parameter>', 'id of the parameter')
    .option('--reason <text>', 'why; kept in the history with your name')
    .action(async (parameter: string, _own: unknown, sub: Command) => {
      const given = sub.optsWithGlobals<Given & { reason?: string }>()
      finish(await (await import('./baselines.ts')).withdrawOwn({ ...asked(given), parameter, reason: given.reason }, terminal))
    })
}
