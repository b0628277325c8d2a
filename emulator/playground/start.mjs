import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, stripVTControlCharacters } from 'node:util'
import { describeChat, playgroundConfiguration, readGuid, readPerson } from './people.mjs'

const USAGE = `Usage: node start.mjs --tenant GUID --bot GUID --me "object id;user principal name;display name" [options]
  --person "…;…;…"   another person of the group chat, up to five times; the rest are bystanders nobody uses
  --endpoint URL     where activities are posted (default http://127.0.0.1:8446/api/messages, the channel's chat proxy)
  --bot-name NAME    how the bot is called in the chat (default Countersign)
  --port N           port of the chat page on 127.0.0.1 (default 56150; 0 = any free port)
  --until-stdin-ends end when standard input does, so that nothing outlives a test that was killed
Prints one JSON line when the chat answers, and ends on SIGTERM or SIGINT.`

const READY_WITHIN_MS = 20_000
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]']

function readArguments() {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      bot: { type: 'string' },
      'bot-name': { type: 'string', default: 'Countersign' },
      me: { type: 'string' },
      person: { type: 'string', multiple: true, default: [] },
      endpoint: { type: 'string', default: 'http://127.0.0.1:8446/api/messages' },
      port: { type: 'string', default: '56150' },
      'until-stdin-ends': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port must be a port from 0 to 65535, not "${values.port}".`)
  if (!URL.canParse(values.endpoint) || !LOOPBACK_HOSTS.includes(new URL(values.endpoint).hostname)) {
    throw new Error(`--endpoint must be a URL on localhost or 127.0.0.1, not "${values.endpoint}".`)
  }
  const chat = describeChat({
    tenantId: readGuid(values.tenant, '--tenant'),
    botAppId: readGuid(values.bot, '--bot'),
    botName: values['bot-name'],
    me: readPerson(values.me ?? '', '--me'),
    others: values.person.map((text) => readPerson(text, '--person')),
  })
  return { chat, port, endpoint: values.endpoint, untilStdinEnds: values['until-stdin-ends'] }
}

/** A port that is free now. The Playground would silently take another when the one it is given is not. */
async function takePort(port) {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(new Error(`Port ${port} is already in use. Give another --port, or 0 for any free one.`)))
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address()
      server.close(() => resolve(taken))
    })
  })
}

/** Only what the Playground needs: no proxy, and nothing of the environment that it could send away. */
function environment(folder, endpoint) {
  const { PATH, HOME, LANG, TZ } = process.env
  const kept = Object.fromEntries(Object.entries({ PATH, HOME, LANG, TZ }).filter(([, value]) => value !== undefined))
  return {
    ...kept,
    BOT_ENDPOINT: endpoint,
    TEAMSAPPTESTER_BROWSER: 'none',
    M365_AGENTS_PLAYGROUND_CONFIG_PATH: join(folder, '.m365agentsplayground.yml'),
    M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'playground.log'),
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    APPLICATION_INSIGHTS_NO_DIAGNOSTIC_CHANNEL: 'true',
  }
}

/** Answers once the Playground serves this very configuration over HTTP. */
async function waitUntilReady(url, tenantId, hasEnded) {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline && !hasEnded()) {
    const answer = await fetch(`${url}/_internal/v1/testConfig`).catch(() => undefined)
    if (answer?.ok && (await answer.json()).config.tenantId === tenantId) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

/** The Playground keeps the reason for ending to its log file. */
function reasonFrom(folder) {
  let log
  try {
    log = stripVTControlCharacters(readFileSync(join(folder, 'playground.log'), 'utf8'))
  } catch {
    return 'It left no log.'
  }
  const lines = log.split('\n').map((line) => line.replace(/^(error|warn|log|info|debug) /, '').trim())
  const reasons = lines.filter((line) => line.startsWith('Reason:') || /^(Error|YAML path)/.test(line))
  return reasons.length > 0 ? reasons.join(' ') : lines.filter(Boolean).slice(-3).join(' ')
}

async function main() {
  const options = readArguments()
  if (options === undefined) {
    process.stdout.write(`${USAGE}\n`)
    return
  }
  const { chat, endpoint } = options
  const port = await takePort(options.port)
  const folder = mkdtempSync(join(tmpdir(), 'chat-client-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, '.m365agentsplayground.yml'), playgroundConfiguration(chat))

  const child = fork(
    createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js'),
    ['start', '--port', String(port), '--channel-id', 'msteams', '--disable-telemetry'],
    {
      cwd: folder,
      env: environment(folder, endpoint),
      execArgv: ['--require', fileURLToPath(new URL('loopback-only.cjs', import.meta.url))],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  let isStopping = false
  let hasEnded = false
  child.on('exit', () => {
    hasEnded = true
    if (isStopping) process.exit(0)
    process.stderr.write(`The chat client ended. ${reasonFrom(folder)}\n`)
    process.exit(1)
  })
  const stop = () => {
    isStopping = true
    child.kill()
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop)
  if (options.untilStdinEnds) process.stdin.on('end', stop).on('error', stop).resume()

  const url = `http://127.0.0.1:${port}`
  if (!(await waitUntilReady(url, chat.tenantId, () => hasEnded))) {
    if (hasEnded) return
    isStopping = true
    process.stderr.write(`The chat client did not answer on ${url} within ${READY_WITHIN_MS / 1000} seconds. ${reasonFrom(folder)}\n`)
    process.exitCode = 1
    child.removeAllListeners('exit')
    child.kill()
    return
  }
  process.stdout.write(`${JSON.stringify({ ready: true, url, ...chat })}\n`)
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n\n${USAGE}\n`)
  process.exitCode = 2
})
