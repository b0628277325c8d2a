import react from '@vitejs/plugin-react'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const compress = promisify(brotliCompress)
/** Below this a file fits in one packet as it is. */
const compressedFromBytes = 1200

/** Lays a compressed copy beside each script and style sheet, so that the service compresses nothing while somebody waits. */
function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    writeBundle: async ({ dir = 'dist' }, bundle) => {
      const files = Object.values(bundle).filter(({ fileName }) => /^assets\/.*\.(js|css)$/.test(fileName))
      await Promise.all(
        files.map(async (file) => {
          const content = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          if (content.length < compressedFromBytes) return
          await writeFile(join(dir, `${file.fileName}.br`), await compress(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
        }),
      )
    },
  }
}

export default defineConfig({
  plugins: [react({ jsxRuntime: 'classic' }), compressedCopies()],
  build: {
    outDir: 'dist',
    // First-load budgets are measured over the manifest: see tests/teamsapp/budget.test.ts.
    manifest: true,
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // The page and its entry stay out of the groups, also as what others depend on: the entry waits for the host, whose module needs the
          // groups, and would wait for itself.
          includeDependenciesRecursively: false,
          groups: [
            // What the first page needs comes in a few files and not in sixty: a request costs more than most of them bring. The product's
            // own code changes more often than the libraries, which a browser keeps.
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 2 },
            { name: 'first', tags: ['$initial'], test: /(?<!main\.tsx|index\.html)$/, priority: 1 },
          ],
        },
      },
      onLog(level, log, handle) {
        // Fluent marks every file "use client", which means nothing outside a server: about 950 lines of it.
        if (log.code === 'MODULE_LEVEL_DIRECTIVE') return
        handle(level, log)
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3978', '/auth': 'http://127.0.0.1:3978' } },
})
