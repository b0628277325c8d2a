/** `npm start`: installs, builds the screens if they changed, and starts the demo. Runs on Node 20 or newer. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, pinnedNode, root, toolEnvironment } from './install.mjs'

ensureInstalled('.', 'emulator', 'emulator/playground')
buildScreens()

const child = spawn(pinnedNode(), [join(root, 'tools', 'demo.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: toolEnvironment(),
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))

/** Builds teamsapp/dist unless these very sources are built already. */
function buildScreens() {
  const hash = createHash('sha256')
  for (const folder of ['core', 'ui', 'teamsapp']) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((file) => !/[\\/](node_modules|dist|lib)[\\/]/.test(file))
      .sort()
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  const stamp = join(root, '.cache', 'built-screens')
  const digest = hash.digest('hex')
  if (existsSync(join(root, 'teamsapp', 'dist', 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  console.log('Building the screens …')
  const result = spawnSync('npm', ['run', '--silent', 'build', '-w', 'teamsapp'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: toolEnvironment(),
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    console.error('The screens could not be built. The messages above say why; nothing was started.')
    process.exit(1)
  }
  writeFileSync(stamp, digest)
}
