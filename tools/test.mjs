/**
 * The three tiers of tests. `fast`: types, lint and pure tests. No word: everything, small counts. `drill`: full counts,
 * with a dated result file. Ends with one line "N passed, N failed".
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

/** Runs one command; resolves with its exit code and output, which is shown only when it fails or is wanted. */
function run(name, command, args, { cwd = root, env = {}, show = false } = {}) {
  return new Promise((resolve) => {
    const begin = Date.now()
    const child = spawn(command, args, { cwd, env: toolEnvironment({ ...passing, ...env }), stdio: ['ignore', 'pipe', 'pipe'] })
    const output = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output.push(chunk)
        if (show) process.stdout.write(chunk)
      })
    child.on('exit', (code) => {
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

/** Installs what a folder's lock file says, beside other steps; nothing can go on without it. */
function install(folder) {
  return async () => {
    if (isInstalled(folder)) return
    const { code } = await run(`install: ${folder}`, 'npm', installWords, { cwd: join(root, folder) })
    if (code !== 0) {
      console.error(`npm ci failed in ${folder}. The messages above say why; the tests were not run.`)
      process.exit(1)
    }
    noteInstalled(folder)
  }
}

/** Jest projects in one run; adds its counts. */
async function jest(projects, { env = {}, name = projects.join('-'), more = [] } = {}) {
  mkdirSync(results, { recursive: true })
  const file = join(results, `jest-${name}.json`)
  rmSync(file, { force: true })
  const { code } = await run(
    `tests: ${name}`,
    node,
    [
      '--experimental-vm-modules',
      bin('jest/bin/jest.js'),
      '--selectProjects',
      ...projects,
      '--json',
      `--outputFile=${file}`,
      '--silent=false',
      ...more,
    ],
    { env, show: process.env.CI === 'true' },
  )
  if (!existsSync(file)) {
    failed++
    return
  }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  passed += report.numPassedTests
  failed += report.numFailedTests + report.numRuntimeErrorTestSuites
  if (report.numPendingTests > 0 || (code !== 0 && report.numFailedTests === 0)) failed++
  const late = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status, invocations }) => status === 'passed' && invocations > 1),
  )
  secondAttempts.push(...late.map(({ fullName }) => fullName))
}

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
    await Promise.all([
      inTurn(install('spfx'), webParts),
      inTurn(install('emulator'), types, emulatorTests),
      inTurn(screens, lint, format, reference, install('emulator/playground')),
    ])
    // Many of these wait for Graph's limits and for pages more than they compute: two more at a time than there are cores.
    await jest(['fast', 'integration', 'browser'], { name: 'all', more: ['--maxWorkers=4'] })
  },
  async drill() {
    ensureInstalled('emulator', 'emulator/playground')
    const env = { DRILL: '1' }
    await jest(['fast'], { env })
    await jest(['browser'], { env })
    await jest(['integration'], { env, more: ['--testPathIgnorePatterns', '/node_modules/', '/tests/bench/'] })
    // Alone, because it holds times against each other.
    await jest(['integration'], { env, name: 'scale', more: ['--testPathPatterns', 'tests/bench/'] })
  },
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
    seed: 'one for each property, drawn at random; a failure prints its own',
  }
  writeFileSync(join(results, `drill-${date.slice(0, 19).replaceAll(':', '')}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
console.log(`\n${Math.round((Date.now() - started) / 1000)} s in all`)
for (const name of secondAttempts) console.log(`passed only at the second attempt: ${name}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
