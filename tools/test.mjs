/**
 * The three tiers of tests. `fast`: types, lint and pure tests but for the thorough ones, which try every field, mutant and door or random
 * cases. No word: everything, small counts. `drill`: full counts, with a dated result file; in full it takes more than an hour, so that it
 * can be run in parts (`drill scale`). Ends with one line "N passed, N failed".
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, installWords, isInstalled, noteInstalled, pinnedNode, root, toolEnvironment } from './install.mjs'
import { openMemoryFolder } from './memory-folder.mjs'

const tier = process.argv[2] ?? 'full'
const results = join(root, 'tests', 'results')
const started = Date.now()
let passed = 0
let failed = 0
const secondAttempts = []
/** Databases, profiles and other passing files of the daily run are kept in memory; the drill writes to the disk, as a deployment does. */
const memory = tier === 'drill' ? undefined : openMemoryFolder()
const passing = memory ? { TMPDIR: memory } : {}

const underWay = new Set()
process.on('exit', () => underWay.forEach((child) => child.kill()))

/** Runs one command; resolves with its exit code and output, which is shown only when it fails or is wanted. `bare`: without the project's tools. */
function run(name, command, args, { cwd = root, env = {}, show = false, bare = false } = {}) {
  return new Promise((resolve) => {
    const begin = Date.now()
    const surroundings = bare ? process.env : toolEnvironment({ ...passing, ...env })
    const child = spawn(command, args, { cwd, env: surroundings, stdio: ['ignore', 'pipe', 'pipe'] })
    underWay.add(child)
    const output = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output.push(chunk)
        if (show) process.stdout.write(chunk)
      })
    child.on('exit', (code) => {
      underWay.delete(child)
      const text = Buffer.concat(output).toString()
      const seconds = ((Date.now() - begin) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
      if (code !== 0 && !show) console.log(text)
      resolve({ code: code ?? 1, text })
    })
  })
}

/** A step that either holds or not, counted as one. */
async function step(name, command, args, options) {
  const { code } = await run(name, command, args, options)
  if (code === 0) passed++
  else failed++
}

const bin = (name) => join(root, 'node_modules', name)
/** Begun beside the install of the project's own packages, which waits for the network half of its time; it takes nothing but npm. */
const webPartTools = tier === 'full' && !isInstalled('spfx') ? runInstall('spfx', { bare: true }) : undefined
const node = pinnedOrInstall()

function pinnedOrInstall() {
  ensureInstalled('.')
  return pinnedNode()
}

/** Steps that follow each other; several such rows run side by side. */
async function inTurn(...steps) {
  for (const next of steps) await next()
}

const types = () => step('types', node, ['tools/types.ts'])
const lint = () => step('lint', node, [bin('eslint/bin/eslint.js'), '--cache', '--cache-location', '.cache/eslint', '.'])
const format = () => {
  const words = ['--check', '--cache', '--cache-location', '.cache/prettier', '--log-level', 'warn', '.']
  return step('format', node, [bin('prettier/bin/prettier.cjs'), ...words])
}
const reference = () => step('reference pages are up to date', node, ['tools/reference.ts', '--check'])
const screens = () => step('build: screens', 'npm', ['run', '--silent', 'build', '-w', 'teamsapp'])
const webParts = () => step('build: web parts', 'npm', ['run', '--silent', 'build'], { cwd: join(root, 'spfx') })

function runInstall(folder, options = {}) {
  return run(`install: ${folder}`, 'npm', installWords, { cwd: join(root, folder), ...options })
}

/** Installs what a folder's lock file says, beside other steps; nothing can go on without it. */
function install(folder, begun) {
  return async () => {
    if (isInstalled(folder)) return
    const { code } = await (begun ?? runInstall(folder))
    if (code !== 0) {
      console.error(`npm ci failed in ${folder}. The messages above say why; the tests were not run.`)
      process.exit(1)
    }
    noteInstalled(folder)
  }
}

/** Runs jest; its report, or undefined where it wrote none. */
async function jestReport(name, args, env) {
  mkdirSync(results, { recursive: true })
  const file = join(results, `jest-${name}.json`)
  rmSync(file, { force: true })
  const words = ['--experimental-vm-modules', bin('jest/bin/jest.js'), ...args, '--json', `--outputFile=${file}`, '--silent=false']
  await run(`tests: ${name}`, node, words, { env, show: process.env.CI === 'true' || tier === 'drill' })
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Jest projects in one run; adds its counts. */
async function jest(projects, { env = {}, name = projects.join('-'), more = [] } = {}) {
  const report = await jestReport(name, ['--selectProjects', ...projects, ...more], env)
  if (!report) {
    failed++
    return
  }
  const again = env.DRILL === '1' ? new Map() : await filesAgain(report, projects, name)
  for (const first of report.testResults) countFile(first, again.get(first.name))
  if (!report.success && report.testResults.every(({ status }) => status !== 'failed')) failed++
}

/** More files than these do not fail by chance. */
const mostFilesAgain = 4

/**
 * Runs the failed files among those that start programs once more, alone and each in a world of its own: on a busy machine one of them may miss its
 * moment. What passes then is named in the last lines. Tests of nothing but our own code have no second attempt.
 */
async function filesAgain(report, projects, name) {
  const broken = report.testResults.filter(({ status }) => status === 'failed').map((file) => file.name)
  const mayMiss = broken.every((file) => /\.(integration|browser)\.test\.tsx?$/.test(file))
  if (broken.length === 0 || broken.length > mostFilesAgain || !mayMiss) return new Map()
  const args = ['--selectProjects', ...projects, '--maxWorkers=1', '--runTestsByPath', ...broken]
  const second = await jestReport(`${name}-again`, args, {})
  return new Map((second?.testResults ?? []).map((file) => [file.name, file]))
}

/** Adds what a file showed, at its second run where it had one. A file that failed as a whole, or that left a test out, counts as one failure. */
function countFile(first, second) {
  const { status, assertionResults } = second ?? first
  const endedAs = (wanted) => assertionResults.filter((test) => test.status === wanted)
  const failures = endedAs('failed').length
  passed += endedAs('passed').length
  failed += failures
  if (failures === 0 && (status === 'failed' || endedAs('passed').length < assertionResults.length)) failed++
  const late = endedAs('passed').filter(({ invocations }) => invocations > 1)
  secondAttempts.push(...late.map(({ fullName }) => fullName))
  if (second?.status === 'passed') {
    const missed = first.assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName)
    secondAttempts.push(...(missed.length > 0 ? missed : [first.name.slice(root.length + 1)]).map((what) => `${what} (its file run again)`))
  }
}

const pureTests = (options) => jest(['fast', 'thorough'], options)

async function emulatorTests() {
  const { code, text } = await run('tests: emulator', 'npm', ['test', '--silent'], { cwd: join(root, 'emulator') })
  passed += Number(/^[#ℹ] pass (\d+)/m.exec(text)?.[1] ?? 0)
  failed += Number(/^[#ℹ] fail (\d+)/m.exec(text)?.[1] ?? (code === 0 ? 0 : 1))
}

const tiers = {
  async fast() {
    await Promise.all([inTurn(types), inTurn(lint, format, reference)])
    await jest(['fast'])
  },
  async full() {
    const emulator = install('emulator')()
    await Promise.all([
      inTurn(install('spfx', webPartTools), webParts),
      inTurn(() => emulator, types, emulatorTests),
      // Nothing of the web parts is needed by the pure tests: they use the core that would wait for them.
      inTurn(screens, lint, format, reference, install('emulator/playground'), () => emulator, pureTests),
    ])
    // Many of these wait for Graph's limits and for pages more than they compute: two more at a time than there are cores.
    await jest(['integration', 'browser'], { more: ['--maxWorkers=4'] })
  },
  async drill() {
    const parts = process.argv.length > 3 ? process.argv.slice(3) : Object.keys(drillParts)
    const unknown = parts.filter((part) => !(part in drillParts))
    if (unknown.length > 0) {
      console.error(
        `The drill has no part "${unknown.join('", "')}". Choose from: ${Object.keys(drillParts).join(', ')}; all of them without a word.`,
      )
      process.exit(2)
    }
    ensureInstalled('emulator', 'emulator/playground')
    await screens()
    if (parts.some((part) => part !== 'scale')) await inTurn(install('spfx'), webParts)
    for (const part of parts) {
      const before = { at: Date.now(), passed, failed }
      await drillParts[part]()
      const seconds = Math.round((Date.now() - before.at) / 1000)
      drilled.push({ part, seconds, passed: passed - before.passed, failed: failed - before.failed })
    }
  },
}

const atFullCounts = { DRILL: '1' }
const drilled = []
const drillParts = {
  pure: () => pureTests({ env: atFullCounts }),
  browser: () => jest(['browser'], { env: atFullCounts }),
  integration: () => jest(['integration'], { env: atFullCounts, more: ['--testPathIgnorePatterns', '/node_modules/', '/tests/bench/'] }),
  // Alone, because it holds times against each other; what installs and builds have written would be in the way of its database.
  scale: () =>
    inTurn(
      () => run('everything is on the disk', 'sync', []),
      () => jest(['integration'], { env: atFullCounts, name: 'scale', more: ['--testPathPatterns', 'tests/bench/'] }),
    ),
}

if (!(tier in tiers)) {
  console.error(`There is no tier "${tier}". Choose one of: ${Object.keys(tiers).join(', ')}.`)
  process.exit(2)
}
await tiers[tier]()
if (tier === 'drill') {
  mkdirSync(results, { recursive: true })
  const date = new Date().toISOString()
  const result = {
    date,
    cores: cpus().length,
    cpu: cpus()[0]?.model,
    node: process.versions.node,
    seconds: Math.round((Date.now() - started) / 1000),
    passed,
    failed,
    parts: drilled,
    seed: 'one for each property, drawn at random; a failure prints its own',
  }
  writeFileSync(join(results, `drill-${date.slice(0, 19).replaceAll(':', '')}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
console.log(`\n${Math.round((Date.now() - started) / 1000)} s in all`)
for (const name of secondAttempts) console.log(`passed only at the second attempt: ${name}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
