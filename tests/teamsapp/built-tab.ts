import { execFile } from 'node:child_process'
import { globSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..', '..')
export const dist = join(root, 'teamsapp', 'dist')
const sources = ['teamsapp/*.{ts,tsx,html,css,json}', 'teamsapp/{client,host,layout,pages,public}/**/*.*', 'ui/*.{ts,tsx}']

/** The folder of the built tab, built now when a source is newer. Several test files may ask at once: one builds, the others wait. */
export async function builtTab(): Promise<string> {
  const lock = join(root, 'teamsapp', 'node_modules', '.building')
  for (let attempt = 0; attempt < 1200 && !isCurrent(); attempt += 1) {
    if (take(lock)) {
      try {
        await build()
      } finally {
        rmdirSync(lock)
      }
      // What was built just now is the answer, also where a source was written meanwhile.
      return dist
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  if (!isCurrent()) throw new Error(`The tab was not built. If ${lock} was left by a killed test run, remove it.`)
  return dist
}

function isCurrent(): boolean {
  const built = modified(join(dist, '.vite', 'manifest.json'))
  return sources.flatMap((pattern) => globSync(pattern, { cwd: root })).every((file) => modified(join(root, file)) <= built)
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function take(lock: string): boolean {
  mkdirSync(dirname(lock), { recursive: true })
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}

async function build(): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js')
  // jest says NODE_ENV=test, with which Vite would bundle React's development build.
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: join(root, 'teamsapp'),
    env: { ...process.env, NODE_ENV: 'production' },
  })
}
