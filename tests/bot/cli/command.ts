import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { run } from '../../../bot/src/cli/program.ts'
import { faster } from '../../../tools/stack/child.ts'
import { makePerson } from '../../../tools/stack/person.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const { NODE_COMPILE_CACHE } = process.env
/** Where Node keeps what it has compiled; it changes nothing but the time. */
const compiled = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }

export interface Ran {
  readonly exitCode: number | null
  readonly out: string
  readonly err: string
}
interface RunOptions {
  /** The whole environment but PATH; nothing of the test's own is passed on. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Called with everything written to standard error so far, at each piece of it. */
  readonly onTold?: (told: string, interrupt: () => void) => void
}

/** Runs the command line as a program of its own, as a person's shell does. */
export function runCommand(args: readonly string[], { env = {}, cwd = root, onTold }: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...faster, join(root, 'bot/src/cli/main.ts'), ...args], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', ...compiled, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString('utf8')
      onTold?.(err, () => child.kill('SIGINT'))
    })
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, out, err }))
  })
}

/** Runs the same command line in this process, for tests that need no program of its own. */
export async function runHere(args: readonly string[], onTold?: RunOptions['onTold']): Promise<Ran> {
  let out = ''
  let err = ''
  const stops = new Set<() => void>()
  const exitCode = await run(args, {
    out: (text) => void (out += `${text}\n`),
    tell: (text) => {
      err += `${text}\n`
      onTold?.(err, () => stops.forEach((stop) => stop()))
    },
    progress: new Writable(),
    isWatched: false,
    columns: 100,
    onInterrupt: (stop) => {
      stops.add(stop)
      return () => void stops.delete(stop)
    },
  })
  return { exitCode, out, err }
}

/** The sign-in page's address, once it has been printed in full. */
export function printedAddress(told: string): string | undefined {
  return /\n(https?:\/\/\S+)\n/.exec(told)?.[1]
}

/** Does in the browser what the person does: picks the account, consents, and lets the last page post the answer to the command line. */
export async function signInAtPrintedAddress(
  address: string,
  userPrincipalName: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const page = await makePerson(userPrincipalName).open(address)
  const action = /<form method="post" action="(http:\/\/localhost:\d+\/?)"/.exec(page.text)?.[1]
  if (action === undefined)
    throw new Error(`The sign-in ended at ${page.url} without an answer: ${page.text.slice(page.text.indexOf('<main'), 3000)}`)
  const fields = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map((match): [string, string] => [
    match[1] ?? '',
    (match[2] ?? '').replaceAll('&amp;', '&'),
  ])
  const response = await fetch(action, { method: 'POST', body: new URLSearchParams(fields) })
  return { status: response.status, text: await response.text() }
}
