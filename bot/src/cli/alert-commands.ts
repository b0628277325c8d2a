import type { Command } from 'commander'
import { asked, overService, type Given } from './over-service.ts'
import type { Terminal } from './terminal.ts'

/** What people are told of. Only looks: rules are chosen, and messages asked for, in the tab. */
export function addAlerts(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  const alerts = overService(program, 'alerts', 'List the alert rules; who asked for messages (subscriptions), and what was sent (log).')
    .addHelpText('after', '\nExample: countersign alerts log')
    .action(async (given: Given) => finish(await (await import('./alerts.ts')).alertRules(asked(given), terminal)))

  alerts
    .command('rules')
    .description('List the alert rules, as the tenant chose them.')
    .action(async (_own: unknown, command: Command) =>
      finish(await (await import('./alerts.ts')).alertRules(asked(command.optsWithGlobals<Given>()), terminal)),
    )
  alerts
    .command('subscriptions')
    .description('List who asked for alert messages, and when they come.')
    .action(async (_own: unknown, command: Command) =>
      finish(await (await import('./alerts.ts')).alertSubscriptions(asked(command.optsWithGlobals<Given>()), terminal)),
    )
  alerts
    .command('log')
    .description('List alert messages, newest first, with what became of each.')
    .action(async (_own: unknown, command: Command) =>
      finish(await (await import('./alerts.ts')).alertLog(asked(command.optsWithGlobals<Given>()), terminal)),
    )
}
