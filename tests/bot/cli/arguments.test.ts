import { afterAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceAddress } from '../../../bot/src/cli/service-client.ts'
import { runCommand, runHere } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'cs-arguments-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileWith(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}

describe('arguments', () => {
  it.each([
    { args: ['scna'], says: "Unknown command 'scna' (Did you mean scan?)" },
    { args: ['scan', '--sevrice', 'x'], says: "Unknown option '--sevrice' (Did you mean --service?)" },
    { args: ['scan', 'now'], says: "Too many arguments for 'scan'" },
    { args: ['scan', '--service'], says: "Option '--service <url>' argument missing" },
    { args: ['judge'], says: "Missing required argument 'scan'" },
    { args: ['changes', 'now'], says: "Too many arguments for 'changes'" },
    { args: ['judge', 'yesterday'], says: '"yesterday" is not the id of a scan' },
    { args: ['sponsor', '--hour', '24'], says: '--hour must be an hour of the day in UTC, 0 to 23, not "24"' },
    { args: ['sponsor', '--hour', '3', '--withdraw'], says: 'opposite things' },
    { args: ['actions', 'now'], says: "Too many arguments for 'actions'" },
    { args: ['scopes', '--manifest', 'read'], says: '--manifest takes "act", not "read"' },
    { args: ['report', '--format', 'csv'], says: "Required option '--out <file>' not specified" },
    { args: ['report', '--format', 'pdf', '--out', 'x'], says: '--format takes json, csv, html, oscal, not "pdf"' },
    { args: ['evaluate', '--graph', 'a.json', '--format', 'pdf'], says: '--format takes json, csv, html, oscal, not "pdf"' },
    { args: ['evaluate', '--graph', 'a.json', 'b.json', '--format', 'csv'], says: 'give --graph one file' },
    { args: ['evaluate'], says: "Required option '--graph <path...>' not specified" },
    { args: ['verify'], says: "Missing required argument 'files'" },
    { args: ['doctor', 'now'], says: "Too many arguments for 'doctor'" },
  ])('$args: one clear line and exit code 2', async ({ args, says }) => {
    const { exitCode, out, err: told } = await runHere(args)
    expect(exitCode).toBe(2)
    expect(out).toBe('')
    expect(told).toContain(says)
    expect(told.trimEnd().split('\n')).toHaveLength(1)
  })

  it.each(['scan', 'scans', 'changes', 'judge', 'sponsor', 'report', 'actions', 'scopes', 'evaluate', 'verify', 'doctor'])(
    '%s --help is short, with one example, and exits with 0',
    async (command) => {
      const { exitCode, out, err: told } = await runHere([command, '--help'])
      expect(exitCode).toBe(0)
      expect(told).toBe('')
      expect(out.match(/^Example: countersign /gm)).toHaveLength(1)
      expect(out).toContain(`Example: countersign ${command} `)
      expect(out.split('\n').length).toBeLessThan(20)
    },
  )

  it('without arguments it shows what there is, and does not claim success', async () => {
    const { exitCode, err: told } = await runHere([])
    expect(exitCode).toBe(2)
    for (const command of ['scan', 'scans', 'changes', 'judge', 'sponsor', 'report', 'actions', 'scopes', 'evaluate', 'verify', 'doctor'])
      expect(told).toContain(command)
    expect(told).toContain('Exit codes: 0 fine, 1 something does not hold, 2 could not be done.')
  })

  it.each([
    'ftp://countersign.contoso.com',
    'countersign',
    'http://countersign.contoso.com',
    'https://u:p@countersign.contoso.com',
    'https://countersign.contoso.com/api',
    '',
  ])('refuses %j as the address of a service', (text) => {
    expect(serviceAddress(text).ok).toBe(false)
  })

  it.each([
    ['http://localhost:3978/', 'http://localhost:3978'],
    ['http://127.0.0.1:3978', 'http://127.0.0.1:3978'],
    ['http://[::1]:3978', 'http://[::1]:3978'],
    ['https://Countersign.contoso.com', 'https://countersign.contoso.com'],
  ])('takes %s', (text, address) => {
    expect(serviceAddress(text)).toEqual({ ok: true, address })
  })

  it.each([
    { name: 'empty', make: () => fileWith('empty.token', ' \n'), says: 'is empty. It must hold a bearer token' },
    { name: 'no token', make: () => fileWith('hello.token', 'hello'), says: 'does not hold a bearer token' },
    { name: 'a folder', make: () => folder, says: 'cannot be read. Give --token-file the path' },
    { name: 'not there', make: () => join(folder, 'nowhere'), says: 'cannot be read. Give --token-file the path' },
  ])('a token file that is $name is refused before anything is asked', async ({ make, says }) => {
    const { exitCode, out, err } = await runHere(['scan', '--service', 'http://localhost:9', '--token-file', make()])
    expect(err).toContain(says)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
  })

  it.each([
    { name: 'not there', make: () => join(folder, 'nowhere.pem'), says: 'cannot be read. Give --ca the PEM file' },
    { name: 'no certificate', make: () => fileWith('hello.pem', 'hello'), says: 'holds no certificate in PEM form' },
    {
      name: 'a broken certificate',
      make: () => fileWith('broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
      says: 'holds no certificate in PEM form',
    },
  ])('a certificate authority that is $name is refused', async ({ make, says }) => {
    const { exitCode, err } = await runHere(['scan', '--ca', make()])
    expect(err).toContain(says)
    expect(exitCode).toBe(2)
  })

  it.each([
    { command: ['evaluate', '--graph'], make: () => join(folder, 'nowhere'), says: 'cannot be opened' },
    { command: ['evaluate', '--graph'], make: () => fileWith('empty.json', ''), says: 'The file is empty' },
    { command: ['evaluate', '--graph'], make: () => fileWith('half.json', '{'), says: 'not valid JSON' },
    { command: ['evaluate', '--graph'], make: () => mkdtempSync(join(folder, 'bare-')), says: 'holds no file that ends in .json' },
    {
      command: ['evaluate', '--baseline', 'nist', '--graph'],
      make: () => folder,
      says: "There is no baseline 'nist'. Known are: default, scuba, cis.",
    },
    { command: ['verify'], make: () => join(folder, 'nowhere'), says: 'cannot be read' },
    { command: ['verify'], make: () => folder, says: 'cannot be read' },
    { command: ['verify'], make: () => fileWith('empty.receipt', ''), says: 'is not JSON' },
    { command: ['verify'], make: () => fileWith('other.json', '{}'), says: 'is not a receipt' },
    { command: ['verify', '--key', '/nowhere.pem'], make: () => folder, says: 'not a public key in PEM form' },
    { command: ['doctor', '--settings'], make: () => folder, says: 'cannot be read' },
  ])('$command with a file that cannot be it: $says', async ({ command, make, says }) => {
    const { exitCode, out, err } = await runHere([...command, make()])
    expect(out + err).toContain(says)
    expect(out + err).not.toMatch(/\n\s+at /)
    expect(exitCode).toBe(2)
  })

  it('as a program: the same exit code, and nothing of a stack', async () => {
    const { exitCode, out, err } = await runCommand(['verify', folder])
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' })
    expect(out.trimEnd().split('\n')).toHaveLength(1)
  })
})
