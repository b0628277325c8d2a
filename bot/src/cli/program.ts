import { Command, CommanderError } from 'commander'
import { baselines } from '@countersign/core/posture/baselines.ts'
import { exitCodes } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'
import { addAlerts } from './alert-commands.ts'
import { addBaselines } from './baseline-commands.ts'
import { addExceptions, addFinding, addSuppress } from './declare-commands.ts'
import { asked, defaultService, overService, type Given } from './over-service.ts'

/** Runs one command line and answers the exit code. The one edge where a broken promise meets the person: a sentence, never a stack. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.fine
  const program = buildProgram(terminal, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.notDone
    terminal.tell(`countersign: ${printable(error instanceof Error ? error.message : String(error))}`)
    return exitCodes.notDone
  }
}

const exitCodeHelp = `
Exit codes: ${exitCodes.fine} fine, ${exitCodes.doesNotHold} something does not hold, ${exitCodes.notDone} could not be done.`

interface ScanGiven {
  readonly service: string
  readonly tokenFile?: string
  readonly ca?: string
  readonly json?: boolean
  /** True unless `--no-ranges` was given. */
  readonly ranges: boolean
  readonly full?: boolean
}

/** Each command loads its own code when it is run: help and mistakes answer at once. */
function buildProgram(terminal: Terminal, finish: (exitCode: number) => void): Command {
  const program = new Command('countersign')
    .description('Identity posture of an Entra tenant, and receipts that can be checked.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.tell(text.trimEnd()),
      outputError: (text, write) => write(`countersign: ${mistake(text)}`),
    })
    .addHelpText('after', `${exitCodeHelp}\nHelp on one command: countersign scan --help`)

  program
    .command('scan')
    .description('Scan the tenant through the running service, as you, and print what it found.')
    .option('--service <url>', 'address of the service', defaultService)
    .option('--token-file <file>', 'file with a bearer token, instead of signing in')
    .option('--ca <file>', 'PEM file of an additional certificate authority')
    .option('--no-ranges', 'read long lists page after page, never in parallel ranges')
    .option('--full', 'read everything anew instead of what changed since the last scan')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `\nExample: countersign scan --service https://countersign.contoso.com\n\nA finished scan exits with ${exitCodes.fine}, whatever it found; ${exitCodes.notDone} means that there is no result.`,
    )
    .action(async ({ service, tokenFile, ca, json = false, ranges, full = false }: ScanGiven) =>
      finish(await (await import('./scan.ts')).scan({ service, tokenFile, ca, json, ranges, full }, terminal)),
    )

  overService(program, 'scans', 'List scans and daily judgements with their scores and ids.')
    .option('--limit <count>', 'how many, 1 to 500', '30')
    .addHelpText('after', '\nExample: countersign scans --limit 10')
    .action(async (given: Given & { limit: string }) =>
      finish(await (await import('./time.ts')).scans({ ...asked(given), limit: given.limit }, terminal)),
    )

  overService(program, 'changes', 'Say what changed between two scans, in findings and in the tenant, and who changed it.')
    .option('--from <point>', 'id of a scan, or a day or moment such as 2026-11-20; the one before the last unless given')
    .option('--to <point>', 'the same; the last one unless given')
    .addHelpText('after', '\nExample: countersign changes --from 2026-11-01 --to 2026-11-20')
    .action(async (given: Given & { from?: string; to?: string }) =>
      finish(await (await import('./time.ts')).changes({ ...asked(given), from: given.from, to: given.to }, terminal)),
    )

  overService(program, 'judge', 'Judge the facts of an earlier scan with the checks and settings of today. Stores nothing.')
    .argument('<scan>', 'id of a scan, from countersign scans')
    .addHelpText('after', '\nExample: countersign judge 5f0c2a54-9f0b-4b0e-8a0e-6a2f3b8c1d01')
    .action(async (scanId: string, given: Given) => finish(await (await import('./time.ts')).judge({ ...asked(given), scanId }, terminal)))

  overService(program, 'sponsor', 'Show in whose name scans run by the clock; offer your own, or withdraw it.')
    .option('--hour <hour>', 'let a scan run every day at this hour (UTC) in your name, also while you are away')
    .option('--withdraw', 'end it: your own, or as an owner anybody’s')
    .addHelpText('after', '\nExample: countersign sponsor --hour 3')
    .action(async (given: Given & { hour?: string; withdraw?: boolean }) =>
      finish(await (await import('./time.ts')).sponsor({ ...asked(given), hour: given.hour, withdraw: given.withdraw ?? false }, terminal)),
    )

  const receipts = overService(program, 'receipts', 'List receipts: what was done, who asked, and what the tenant’s own log shows of it.')
    .addHelpText('after', '\nExample: countersign receipts --json')
    .action(async (given: Given) => finish(await (await import('./receipts.ts')).receipts(asked(given), terminal)))

  overService(receipts, 'export', 'Save the signed journal, or a range of it, for countersign verify; or a table.')
    .requiredOption('--out <file>', 'file to write; it must not exist')
    .option('--from <place>', 'number of a record, or a day or moment such as 2026-11-20; from the first unless given')
    .option('--to <place>', 'the same; up to the newest unless given')
    .option('--csv', 'a table with one line an action, for spreadsheets; it is not signed')
    .addHelpText('after', '\nExample: countersign receipts export --out november.ndjson --from 2026-11-01 --to 2026-11-30')
    .action(async (_own: unknown, command: Command) => {
      const given = command.optsWithGlobals<Given & { out: string; from?: string; to?: string; csv?: boolean }>()
      const { out, from, to, csv = false } = given
      finish(await (await import('./receipts.ts')).exportReceipts({ ...asked(given), out, from, to, csv }, terminal))
    })

  addFinding(program, terminal, finish)
  addExceptions(program, terminal, finish)
  addSuppress(program, terminal, finish)
  addAlerts(program, terminal, finish)
  addBaselines(program, terminal, finish)

  overService(program, 'report', 'Save what a scan found as a file: a page to print, a table, JSON, or OSCAL assessment results.', false)
    .requiredOption('--format <format>', 'json, csv, html or oscal')
    .requiredOption('--out <file>', 'file to write; it must not exist')
    .option('--scan <scan>', 'id of a scan, from countersign scans; the newest unless given')
    .option('--baseline <name>', `judge its facts with ${baselines.map(({ id }) => id).join(', ')}; your tenant’s own unless given`)
    .addHelpText('after', '\nExample: countersign report --format html --out posture.html')
    .action(async (given: Given & { format: string; out: string; scan?: string; baseline?: string }) => {
      const { format, out, scan, baseline } = given
      finish(await (await import('./report.ts')).report({ ...asked(given), format, out, scan, baseline }, terminal))
    })

  program
    .command('actions')
    .description('List every action that exists: its rights, who countersigns, its undo, and what a thief could do with them.')
    .option('--service <url>', 'also ask this service what is switched on and missing')
    .option('--token-file <file>', 'file with a bearer token, instead of signing in')
    .option('--ca <file>', 'PEM file of an additional certificate authority')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample: countersign actions --json\n\nWithout --service it needs no service and no network.')
    .action(async ({ service, tokenFile, ca, json = false }: Partial<Given>) =>
      finish(await (await import('./actions.ts')).listCatalogue({ service, tokenFile, ca, json }, terminal)),
    )

  overService(program, 'scopes', 'Compare permissions and directory roles: what the enabled actions need, what is granted, what is held.')
    .option('--manifest <registration>', 'print the registration (act) for what is switched on instead')
    .addHelpText(
      'after',
      `\nExample: countersign scopes --service https://countersign.contoso.com\n\nExits with ${exitCodes.doesNotHold} when something needed is lacking or something is there that nothing needs.`,
    )
    .action(async (given: Given & { manifest?: string }) =>
      finish(await (await import('./scopes.ts')).scopes({ ...asked(given), manifest: given.manifest }, terminal)),
    )

  program
    .command('evaluate')
    .description('Judge answers of Microsoft Graph from files, without any network.')
    .requiredOption('--graph <path...>', 'files, or folders of *.json files')
    .option('--baseline <name>', `judge by ${baselines.map(({ id }) => id).join(', ')} with its own values; the file’s own unless given`)
    .option('--json', 'print one JSON line for each file')
    .option('--format <format>', 'write a report of one file instead: json, csv, html or oscal')
    .option('--out <file>', 'file to write that report to; it must not exist')
    .addHelpText(
      'after',
      `\nExample: countersign evaluate --graph answers/ --baseline scuba --json\n\nJudged files exit with ${exitCodes.fine}, whatever the verdicts; ${exitCodes.notDone} means that one could not be judged.`,
    )
    .action(async ({ graph, baseline, json = false, format, out }: EvaluateGiven) => {
      if (format !== undefined || out !== undefined) {
        const { evaluateReport } = await import('./evaluate-report.ts')
        return finish(await evaluateReport({ paths: graph, baseline, format: format ?? 'html', out }, terminal))
      }
      finish(await (await import('./evaluate.ts')).evaluate({ paths: graph, baseline, json, write: terminal.out }))
    })

  program
    .command('verify')
    .description('Check downloaded receipts and exports without the service.')
    .argument('<files...>', 'receipts, exports or signed heads')
    .option('--key <file>', 'PEM file of the public key that you trust')
    .option('--head <file>', 'older receipt, export or signed head: what is checked must hold all that was there then')
    .addHelpText(
      'after',
      `\nExample: countersign verify receipt-R-0001.json --key countersign.pem\n\nExits with ${exitCodes.doesNotHold} when a file does not hold, and names the first record that does not.`,
    )
    .action(async (files: string[], { key, head }: { key?: string; head?: string }) =>
      finish(
        await (
          await import('./verify.ts')
        ).verify({ files, write: terminal.out, ...(key === undefined ? {} : { key }), ...(head === undefined ? {} : { head }) }),
      ),
    )

  program
    .command('doctor')
    .description("Look at this deployment's settings and everything that they lead to.")
    .option('--settings <file...>', 'read the settings from these files instead of the environment')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `\nExample: countersign doctor --settings env/.env.production env/.env.production.user\n\nExits with ${exitCodes.doesNotHold} when it finds a problem. It changes nothing.`,
    )
    .action(async ({ settings, json = false }: { settings?: string[]; json?: boolean }) =>
      finish(await (await import('./doctor.ts')).doctor({ files: settings ?? [], json }, terminal)),
    )
  return program
}

interface EvaluateGiven {
  readonly graph: string[]
  readonly baseline?: string
  readonly json?: boolean
  readonly format?: string
  readonly out?: string
}

/** Commander's complaint as one line that ends with where to look. */
function mistake(text: string): string {
  const line = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^./, (first) => first.toUpperCase())
  return `${/[.)?]$/.test(line) ? line : `${line}.`} See countersign --help.\n`
}
