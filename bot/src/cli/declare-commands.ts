import type { Command } from 'commander'
import { declaredKinds } from '@countersign/core/posture/settings.ts'
import { exitCodes } from './exit-code.ts'
import { asked, overService, type Given } from './over-service.ts'
import type { Terminal } from './terminal.ts'

/** One finding, with what would make its check pass. */
export function addFinding(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  overService(program, 'finding', 'Show one finding: what it is about, what would make its check pass, and how to mend it.')
    .argument('<check>', 'id of the check, such as second-factor-for-everybody')
    .addHelpText('after', '\nExample: countersign finding legacy-authentication-blocked')
    .action(async (check: string, given: Given) =>
      finish(await (await import('./finding.ts')).finding({ ...asked(given), check }, terminal)),
    )
}

/** What owners declare as wanted. */
export function addExceptions(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  const exceptions = overService(program, 'exceptions', 'List what owners declared as wanted; declare more (add), or withdraw it (remove).')
    .addHelpText('after', '\nExample: countersign exceptions add --kind emergencyAccount --object <object id> --reason "In the safe"')
    .action(async (given: Given) => finish(await (await import('./exceptions.ts')).exceptions(asked(given), terminal)))

  exceptions
    .command('add')
    .description('Declare an exception, as an owner; it is judged at once.')
    .requiredOption('--kind <kind>', `one of ${declaredKinds.join(', ')}`)
    .requiredOption('--object <id>', 'object id, client id of an application, or kind of a guest')
    .requiredOption('--reason <text>', 'why; shown with your name')
    .option('--until <day>', 'day from which it counts no more, such as 2027-01-31')
    .action(async (_own: unknown, command: Command) => {
      const given = command.optsWithGlobals<Given & { kind: string; object: string; reason: string; until?: string }>()
      const { kind, object, reason, until } = given
      finish(await (await import('./exceptions.ts')).declare({ ...asked(given), kind, object, reason, until }, terminal))
    })

  exceptions
    .command('remove')
    .description('Withdraw an exception, as an owner.')
    .argument('<id>', 'id of the exception, from countersign exceptions')
    .action(async (id: string, _own: unknown, command: Command) => {
      const given = command.optsWithGlobals<Given>()
      finish(await (await import('./exceptions.ts')).withdraw({ ...asked(given), id }, terminal))
    })
}

/** What may stay as it is until a day. */
export function addSuppress(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  const suppress = overService(
    program,
    'suppress',
    'List suppressed findings; suppress one, or a whole check, until a day (add), or lift it (remove).',
  )
    .option('--check <check>', 'of this check alone')
    .option('--ended', 'those that were lifted or whose day has come, instead')
    .addHelpText(
      'after',
      '\nExample: countersign suppress add --check app-secret-expired --until 2027-01-31 --reason "Replaced in January"',
    )
    .action(async (given: Given & { check?: string; ended?: boolean }) =>
      finish(
        await (await import('./suppress.ts')).suppressions({ ...asked(given), check: given.check, ended: given.ended ?? false }, terminal),
      ),
    )

  suppress
    .command('add')
    .description('Let a finding, or all that a check finds, stay as it is until a day at most 365 days away.')
    .requiredOption('--until <day>', 'day from which it counts again, such as 2027-01-31')
    .requiredOption('--reason <text>', 'why; shown with your name')
    .option('--finding <key>', 'key of one finding; without it the whole check')
    .option('--owner <name>', 'who answers for it; you unless given')
    .action(async (_own: unknown, command: Command) => {
      const given = command.optsWithGlobals<Given & { check?: string; until: string; reason: string; finding?: string; owner?: string }>()
      const { check, until, reason, finding, owner } = given
      if (check === undefined) {
        terminal.tell('countersign suppress add: --check must name the check, such as app-secret-expired.')
        return finish(exitCodes.notDone)
      }
      finish(await (await import('./suppress.ts')).suppress({ ...asked(given), check, until, reason, finding, owner }, terminal))
    })

  suppress
    .command('remove')
    .description('Lift a suppression: what it covered returns at once.')
    .argument('<id>', 'id of the suppression, from countersign suppress')
    .requiredOption('--reason <text>', 'why; kept in the history')
    .action(async (id: string, _own: unknown, command: Command) => {
      const given = command.optsWithGlobals<Given & { reason: string }>()
      finish(await (await import('./suppress.ts')).lift({ ...asked(given), id, reason: given.reason }, terminal))
    })
}
