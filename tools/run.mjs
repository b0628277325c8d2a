/** Runs one TypeScript file of the project on the pinned Node: `node tools/run.mjs FILE [arguments]`. */
import { spawn } from 'node:child_process'
import { ensureInstalled, pinnedNode, root, toolEnvironment } from './install.mjs'

ensureInstalled('.')
const child = spawn(pinnedNode(), process.argv.slice(2), { cwd: root, stdio: 'inherit', env: toolEnvironment() })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
