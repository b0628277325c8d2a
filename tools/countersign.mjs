#!/usr/bin/env node
/** `npx countersign …`: starts the command line on the pinned Node, in the caller's folder. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, pinnedNode, root, toolEnvironment } from './install.mjs'

ensureInstalled('.')
const child = spawn(pinnedNode(), [join(root, 'bot/src/cli/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: toolEnvironment(),
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
