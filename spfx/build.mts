// One command from a fresh clone to sharepoint/solution/countersign.sppkg. Does only what changed since the last run:
// installs when the lock file did, compiles core/ and ui/ when their shared part did, builds when anything did.
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { compileShared, hashFiles, isSharedCurrent, type SharedStamp } from './shared.mts'

const here = import.meta.dirname
const buildStamp = join(here, '.build-stamp.json')
const log = join(here, '.build.log')
const solution = 'spfx/sharepoint/solution/countersign.sppkg'

interface BuildStamp {
  readonly shared: SharedStamp
  readonly inputs: string
  readonly output: string
}

try {
  await build()
} catch (error) {
  console.error(`web parts: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

async function build(): Promise<void> {
  writeFileSync(log, '')
  const wasInstalled = isInstalled()
  if (!wasInstalled) await timed('installed the packages', install)

  const stamp = readStamp()
  let shared = stamp?.shared
  if (!wasInstalled || !shared || !isSharedCurrent(shared)) {
    shared = await timed('compiled the shared parts of core/ and ui/', compileShared)
  }

  const inputs = inputHash(shared)
  if (stamp && stamp.inputs === inputs && stamp.output === hashFiles([solution])) {
    console.log(`web parts: unchanged, ${solution}`)
    return
  }
  await timed('tested and bundled the web parts', () => run(tool('heft'), ['test', '--clean', '--production']))
  await timed('packaged them', () => run(tool('heft'), ['package-solution', '--production']))
  const next: BuildStamp = { shared, inputs, output: hashFiles([solution]) }
  writeFileSync(buildStamp, JSON.stringify(next, null, 2))
  console.log(`web parts: ${solution}, ${Math.round(statSync(join(here, '..', solution)).size / 1024)} KiB`)
}

async function install(): Promise<void> {
  const npm = process.env['npm_execpath']
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  await run(command, [...first, 'ci'], { mayUseNetwork: true })
}

/** True when npm's own record of what lies in node_modules agrees with the lock file, whoever installed it. */
function isInstalled(): boolean {
  const record = join(here, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = lockedPackages(join(here, 'package-lock.json'))
  const present = lockedPackages(record)
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || present[path]?.version === entry.version,
  )
}

interface LockedPackage {
  readonly version?: string
  readonly optional?: boolean
  readonly devOptional?: boolean
}

function lockedPackages(file: string): Readonly<Record<string, LockedPackage>> {
  const lock: { readonly packages?: Readonly<Record<string, LockedPackage>> } = JSON.parse(readFileSync(file, 'utf8'))
  return lock.packages ?? {}
}

/** Everything that can change the package: own files, the shared sources in the bundle, the values built in, Node. */
function inputHash(shared: SharedStamp): string {
  const own = globSync(['{src,config,teams}/**/*.*', '*.{json,js,cjs,mts}'], { cwd: here }).sort()
  const settings = [process.env['COUNTERSIGN_SERVICE_URL'], process.env['COUNTERSIGN_API_RESOURCE'], process.versions.node]
  return [hashFiles(own.map((path) => `spfx/${path}`)), shared.hash, ...settings.map((value) => value ?? '')].join(' ')
}

/** The last run's stamp; a missing or older one means that everything is done again. */
function readStamp(): BuildStamp | undefined {
  if (!existsSync(buildStamp)) return undefined
  const stamp: Partial<BuildStamp> = JSON.parse(readFileSync(buildStamp, 'utf8'))
  const { shared, inputs, output } = stamp
  return shared && inputs && output ? { shared, inputs, output } : undefined
}

function tool(name: string): string {
  return join(here, 'node_modules', '.bin', name)
}

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  const result = await work()
  console.log(`web parts: ${what} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return result
}

/** Runs one tool with its output in .build.log, shown only when it fails. The tools have no network but npm's. */
function run(command: string, args: readonly string[], { mayUseNetwork = false } = {}): Promise<void> {
  const env = { ...process.env, PATH: [join(process.execPath, '..'), process.env['PATH']].join(delimiter) }
  if (!mayUseNetwork) env['NODE_OPTIONS'] = `--require ${JSON.stringify(join(here, 'no-network.cjs'))}`
  const child = spawn(command, args, { cwd: here, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  const sink = createWriteStream(log, { flags: 'a' })
  child.stdout.pipe(sink, { end: false })
  child.stderr.pipe(sink, { end: false })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      sink.end(() => {
        if (code === 0) return resolve()
        console.error(readFileSync(log, 'utf8'))
        reject(new Error(`"${command} ${args.join(' ')}" ended with ${code}; its output is above and in ${log}.`))
      })
    })
  })
}
