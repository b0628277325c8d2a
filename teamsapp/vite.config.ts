import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react({ jsxRuntime: 'classic' })],
  build: {
    outDir: 'dist',
    // First-load budgets are measured over the manifest: see tests/teamsapp/budget.test.ts.
    manifest: true,
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      onLog(level, log, handle) {
        // Fluent marks every file "use client", which means nothing outside a server: about 950 lines of it.
        if (log.code === 'MODULE_LEVEL_DIRECTIVE') return
        handle(level, log)
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3978', '/auth': 'http://127.0.0.1:3978' } },
})
