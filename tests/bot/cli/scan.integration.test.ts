import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { z } from 'zod'
import { overviewSchema } from '../../../core/api/posture.ts'
import { freePort } from '../../../tools/stack/service.ts'
import { startStack, type Stack } from '../../../tools/stack/stack.ts'
import { prepareDataDir } from '../prepared-data.ts'
import { apiWith, bearerFor } from '../service.ts'
import { until } from '../until.ts'
import { printedAddress, runCommand, runHere, signInAtPrintedAddress, type Ran } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'cs-scan-'))
const documentSchema = z.object({
  scan: z.object({ id: z.string(), state: z.literal('finished'), startedBy: z.string() }),
  score: z.object({ value: z.number() }),
  findings: z.array(z.object({ checkId: z.string(), severity: z.string(), open: z.number() })),
  notRead: z.array(z.unknown()),
})
let stack: Stack
let tokens: { readonly ada: string; readonly cleo: string }

beforeAll(async () => {
  stack = await startStack({ act: 'off', prepare: prepareDataDir })
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(stack.emulator.ready.ca, 'utf8')])
  const { resource } = stack.registrations
  tokens = { ada: await tokenFile('ada', resource), cleo: await tokenFile('cleo', resource) }
})
afterAll(async () => {
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function tokenFile(name: string, resource: string): Promise<string> {
  return fileWith(`${name}.token`, `${await bearerFor(stack.emulator, 'contoso-demo', `${name}@contoso-demo.example`, { resource })}\n`)
}

/** Graph answers no question about applications until the faults are taken away. */
function holdScans(): Promise<unknown> {
  return stack.emulator.control('PUT', '/faults', [
    { match: { method: 'GET', pathPrefix: '/v1.0/applications' }, kind: 'delay', delayMs: 600_000 },
  ])
}

function letScansGo(): Promise<unknown> {
  return stack.emulator.control('DELETE', '/faults')
}
afterEach(async () => {
  await letScansGo()
  const ada = apiWith(stack.origin, readFileSync(tokens.ada, 'utf8').trim())
  await until(async () => overviewSchema.parse((await ada.get('/api/overview')).body).runningScan === null || undefined)
})

function fileWith(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}

function scan(...args: string[]): Promise<Ran> {
  return runHere(['scan', '--service', stack.origin, ...args])
}

/** Runs a scan that signs in, and does `once` with the printed address. */
async function scanSigningIn(once: (address: string) => Promise<unknown>): Promise<Ran & { readonly answered: unknown }> {
  let answered: Promise<unknown> | undefined
  const ran = await runHere(['scan', '--service', stack.origin], (told) => {
    const address = printedAddress(told)
    if (address !== undefined) answered ??= once(address)
  })
  return { ...ran, answered: await answered }
}

async function forgeAnswer(address: string): Promise<number> {
  const body = new URLSearchParams({ code: 'forged', state: 'forged' })
  return (await fetch(new URL(address).searchParams.get('redirect_uri') ?? '', { method: 'POST', body })).status
}

/** No stack trace ever reaches a person. */
function expectNotDone({ exitCode, err }: Ran, says: string): void {
  expect(err).toContain(says)
  expect(err).not.toMatch(/\n\s+at |Error:/)
  expect(exitCode).toBe(2)
}

describe('countersign scan', () => {
  it('with a token: one JSON document and nothing else on standard output', async () => {
    const { exitCode, out, err } = await scan('--token-file', tokens.ada, '--json')
    expect(err).toMatch(/The scan has started\.\n[\s\S]*of \d+ {2}Finished\n$/)
    expect(exitCode).toBe(0)
    const document = documentSchema.parse(JSON.parse(out))
    expect(document.scan.startedBy).toBe('Ada Lindqvist')
    expect(document.findings.filter(({ open }) => open > 0).length).toBeGreaterThan(0)
    expect(document.notRead).toEqual([])
  })

  it('signs the person in through the browser and prints the table', async () => {
    const ran = await scanSigningIn((address) => signInAtPrintedAddress(address, 'ada@contoso-demo.example'))
    expect(ran.answered).toMatchObject({ status: 200, text: expect.stringContaining('You are signed in') })
    expect(ran.err).toContain('Signed in as ada@contoso-demo.example.')
    expect(ran.exitCode).toBe(0)
    expect(ran.out).toMatch(/^Contoso Demo \(contoso-demo\.example\)\nScore \d/)
    expect(ran.out).toMatch(/APP-01/)
    expect(ran.out + ran.err).not.toMatch(/eyJ[\w-]+\.eyJ/)
  })

  it('says that the sign-in was declined', async () => {
    const ran = await scanSigningIn(async (address) => {
      const asked = new URL(address).searchParams
      const fields = { error: 'access_denied', error_description: 'AADSTS65004: declined', state: asked.get('state') ?? '' }
      return (await fetch(asked.get('redirect_uri') ?? '', { method: 'POST', body: new URLSearchParams(fields) })).text()
    })
    expect(ran.answered).toContain('was not completed')
    expectNotDone(ran, 'The permissions were declined in the browser.')
  })

  it('takes no answer that another page made up, and ends at Ctrl-C', async () => {
    let forged: Promise<number> | undefined
    const ran = await runCommand(['scan', '--service', stack.origin, '--ca', stack.emulator.ready.ca], {
      onTold: (told, interrupt) => {
        const address = printedAddress(told)
        if (address !== undefined) forged ??= forgeAnswer(address).finally(interrupt)
      },
    })
    expect(await forged).toBe(400)
    expectNotDone(ran, 'The sign-in was given up; no scan was started.')
  })

  it('names the roles that may scan when the person has none of them', async () => {
    const ran = await scan('--token-file', tokens.cleo, '--json')
    expectNotDone(ran, 'This needs one of the roles owner, admin in Countersign.')
    expect(JSON.parse(ran.out)).toEqual({ error: expect.stringContaining('owner, admin') })
  })

  it('stops watching at Ctrl-C, while the scan goes on', async () => {
    await holdScans()
    const ran = await runCommand(['scan', '--service', stack.origin, '--token-file', tokens.ada], {
      onTold: (told, interrupt) => {
        if (/Reading/.test(told)) interrupt()
      },
    })
    expectNotDone(ran, 'Stopped watching. The scan goes on;')
    let letGo: Promise<unknown> | undefined
    const again = await runHere(['scan', '--service', stack.origin, '--token-file', tokens.ada], () => void (letGo ??= letScansGo()))
    expect(again.err).toContain('A scan by Ada Lindqvist is already running; watching that one.')
    expect(again.exitCode).toBe(0)
    await letGo
  })

  it('says what could not be read, and never counts it as fine', async () => {
    await stack.emulator.control('PUT', '/faults', [
      { match: { method: 'GET', pathPrefix: '/v1.0/applications' }, kind: 'status', status: 403 },
    ])
    const ran = await scan('--token-file', tokens.ada)
    expect(ran.exitCode).toBe(0)
    expect(ran.out).toMatch(/Could not be read:\n- /)
    const [, read, of] = /(\d+) of (\d+) checks read/.exec(ran.out) ?? []
    expect(Number(read)).toBeLessThanOrEqual(Number(of) - 2)
  })

  it('says why a token was refused', async () => {
    expectNotDone(
      await scan('--token-file', fileWith('forged.token', 'eyJhbGciOiJub25lIn0.e30.AAAA')),
      'The token is of a tenant that this deployment does not serve. Sign in again.',
    )
  })

  it('names the address where nothing answers and what to do', async () => {
    const port = await freePort()
    expectNotDone(
      await runHere(['scan', '--service', `http://localhost:${port}`]),
      `Nothing answers at localhost:${port} (ECONNREFUSED). Start the service (npm start), or give its address with --service.`,
    )
  })

  it('says when something else answers', async () => {
    expectNotDone(await runHere(['scan', '--service', stack.emulator.ready.control]), 'does not speak as this version of Countersign does')
  })

  it('names the authority to trust when a certificate is not trusted', async () => {
    expectNotDone(await runCommand(['scan', '--service', stack.origin]), 'name that authority with --ca FILE')
  })

  it('waits for a service that does not answer for a while', async () => {
    await holdScans()
    let paused = false
    const ran = await runHere(['scan', '--service', stack.origin, '--token-file', tokens.ada], (told) => {
      if (paused || !/Reading/.test(told)) return
      paused = true
      stack.service.process.kill('SIGSTOP')
      void wait(1000).then(() => {
        stack.service.process.kill('SIGCONT')
        return letScansGo()
      })
    })
    expect(paused).toBe(true)
    expect(ran.exitCode).toBe(0)
  })
})
