import { spawn, type ChildProcess } from 'node:child_process'
import { readFile, rm, stat, mkdtemp, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '..', '..')
const startFlags = ['--', '--free-ports', '--data']

let text: string
let folder: string
/** The demo, and its end. */
let demo: { readonly child: ChildProcess; readonly ended: Promise<void> } | undefined

beforeAll(async () => {
  text = await readFile(join(root, 'README.md'), 'utf8')
  folder = await mkdtemp(join(tmpdir(), 'cs-readme-'))
  // The built-in database runs as another account when the tests run as root, and has to get through.
  await chmod(folder, 0o755)
})
afterAll(async () => {
  if (demo?.child.exitCode === null && demo.child.signalCode === null) interrupt(demo.child)
  await demo?.ended
  await rm(folder, { recursive: true, force: true })
})

function blocks(): string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block.trim())
}

/** As a person's shell would run it, without what Jest adds to the environment. */
function shell(command: string): ChildProcess {
  const { NODE_ENV: _, NODE_OPTIONS: __, JEST_WORKER_ID: ___, ...env } = process.env
  return spawn('sh', ['-ec', command], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Ctrl-C: the signal goes to everything that the shell started. */
function interrupt(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
}

function listen(child: ChildProcess): { readonly said: () => string } {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  return { said: () => said }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}

describe('README.md', () => {
  it('has shell blocks that this file knows, and no other', () => {
    expect(blocks()).toEqual(['npm start', 'npx countersign --help'])
  })

  /**
   * Run in place: what is reused is the installed node_modules and the screens if they are built already. Only the ports and the
   * data folder are others, so that a demo that runs here is left alone.
   */
  it('npm start prints addresses that answer, and Ctrl-C stops everything', async () => {
    const [command = ''] = blocks()
    const child = shell([command, ...startFlags, folder].join(' '))
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    demo = { child, ended }
    const { said } = listen(child)
    while (!said().includes('Countersign is running.') && child.exitCode === null) await wait(200)
    const [tab = '', chat = ''] = [...said().matchAll(/^ {2}The (?:tab|chat) +(\S+)$/gm)].map(([, address]) => address)
    expect([tab, chat]).toEqual([expect.stringMatching(/^http:\/\/localhost:\d+$/), expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)])
    expect(await (await fetch(tab)).text()).toContain('<title>Countersign</title>')
    expect(await (await fetch(`${tab}/api/client-settings`)).json()).toMatchObject({ environment: 'emulator' })
    expect(await answers(chat)).toBe(true)
    interrupt(child)
    await ended
    while ((await answers(tab)) || (await answers(chat))) await wait(200)
  }, 900_000)

  it('npx countersign --help lists the commands that the README names', async () => {
    const child = shell(blocks()[1] ?? '')
    const { said } = listen(child)
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
    const [, table = ''] = text.split('## The command line')
    const [own = ''] = table.split('## ')
    const named = [...own.matchAll(/^\| `(\w+)/gm)].map(([, command]) => command)
    const offered = [...said().matchAll(/^ {2}(\w+) /gm)].map(([, command]) => command)
    expect(named).toEqual(expect.arrayContaining(['scan', 'changes', 'evaluate', 'verify', 'doctor']))
    expect(named.sort()).toEqual(offered.filter((command) => command !== 'help').sort())
  })

  it('names scripts and files that exist', async () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const named = [...text.matchAll(/`npm (?:run )?([a-z:]+)`/g)].map(([, name = '']) => name)
    expect(named).toEqual(expect.arrayContaining(['test', 'test:fast', 'drill', 'bench']))
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    const linked = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, path = '']) => path)
    expect(linked.length).toBeGreaterThan(5)
    const missing = await Promise.all(
      linked.map((path) =>
        stat(join(root, path)).then(
          () => [],
          () => [path],
        ),
      ),
    )
    expect(missing.flat()).toEqual([])
    expect((await stat(join(root, 'docs/pictures/overview.png'))).size).toBeLessThan(300_000)
  })
})
