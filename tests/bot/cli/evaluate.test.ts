import { mkdtempSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { evaluate } from '../../../bot/src/cli/evaluate.ts'
import { checks } from '../../../core/posture/checks.ts'
import { neededFacts } from '../../../core/posture/judge-facts.ts'
import type { OfflineReport, ReportedCheck } from '../../../core/posture/offline/report.ts'
import { sampleCases } from '../../samples/cases.ts'
import { runHere } from './command.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-evaluate-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

async function run(paths: readonly string[], options: { readonly baseline?: string; readonly json?: boolean } = {}) {
  const lines: string[] = []
  const exitCode = await evaluate({
    paths,
    baseline: options.baseline ?? 'scuba',
    json: options.json ?? true,
    write: (line) => lines.push(line),
  })
  return { exitCode, lines, reports: options.json === false ? [] : lines.map((line) => JSON.parse(line)) }
}

const good = { asOf: '2026-11-01T00:00:00Z', graph: { '/applications': { value: [] }, '/servicePrincipals': { value: [] } } }

const noServicePrincipals = { '/servicePrincipals': { value: [] } }

/**
 * Files that should end with a clear line, or with unknown: what is spoilt in them is worth no more than if it were absent.
 * `sound` is what remains of the file without it.
 */
const hostile: Record<string, { readonly text: string; readonly sound: Record<string, unknown> }> = {
  'deep.json': {
    text: `{"asOf":"2026-11-01T00:00:00Z","graph":{"/applications":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
    sound: {},
  },
  'deep-object.json': {
    text: `{"asOf":"2026-11-01T00:00:00Z","graph":{"/identity/conditionalAccess/policies":{"value":[{"id":"p","conditions":${'{"x":'.repeat(100_000)}1${'}'.repeat(100_000)}}]}}}`,
    sound: {},
  },
  'proto.json': {
    text: '{"__proto__":{"asOf":"2026-11-01T00:00:00Z","graph":{}},"asOf":"2026-11-01T00:00:00Z","graph":{"__proto__":{"value":[]},"/applications":{"value":[{"__proto__":{"id":"a","appId":"b","passwordCredentials":[]}}]},"/servicePrincipals":{"__proto__":{"value":[]}}}}',
    sound: {},
  },
  'huge-string.json': {
    text: JSON.stringify({
      asOf: '2026-11-01T00:00:00Z',
      graph: {
        '/applications': {
          value: [{ id: 'x'.repeat(5_000_000), appId: 'a', displayName: 'y'.repeat(5_000_000), passwordCredentials: [] }],
        },
        ...noServicePrincipals,
      },
    }),
    sound: noServicePrincipals,
  },
  'truncated.json': { text: JSON.stringify(good).slice(0, -5), sound: {} },
  'empty.json': { text: '', sound: {} },
  'types.json': {
    text: '{"asOf":"2026-11-01T00:00:00Z","graph":{"/applications":{"value":[null,1,"x",[],{}]},"/servicePrincipals":{"value":[]}}}',
    sound: noServicePrincipals,
  },
  'twice.json': {
    text: '{"asOf":"2026-11-01T00:00:00Z","graph":{"/applications":{"value":[{"id":"a","appId":"b","passwordCredentials":[]},{"id":"a","appId":"c","passwordCredentials":[]}]},"/servicePrincipals":{"value":[]}}}',
    sound: noServicePrincipals,
  },
}

/** Ids of checks that rest on the applications, whatever else they need. */
const ofApplications = new Set(checks.filter((check) => neededFacts([check]).has('applications')).map(({ id }): string => id))

function passed(report: OfflineReport): string[] {
  return report.checks.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id)
}

describe('countersign evaluate', () => {
  it('prints one line a file, with checks and policies', async () => {
    const { exitCode, reports } = await run([file('good.json', good)])
    expect(exitCode).toBe(0)
    expect(reports).toHaveLength(1)
    expect(reports[0]).toMatchObject({ file: join(folder, 'good.json'), baseline: 'scuba' })
    const verdicts = reports[0].checks.map(({ id, code, verdict }: Record<string, string>) => `${code} ${id} ${verdict}`)
    expect(verdicts).toEqual(
      expect.arrayContaining([
        'APP-01 app-secret-expired pass',
        'APP-02 app-secret-expires-soon pass',
        'CA-01 legacy-authentication-blocked unknown',
        'PR-01 global-administrator-count unknown',
      ]),
    )
    expect(reports[0].checks.map(({ id }: ReportedCheck) => id)).toEqual(checks.map(({ id }) => id))
    expect(reports[0].checks[0]).toMatchObject({
      severity: 'low',
      reason: 'No application has a secret.',
      reasonId: 'none',
      objects: [],
      frameworks: { attack: ['T1098.001'] },
    })
    expect(reports[0].policies).toMatchObject({
      'MS.AAD.1.1v1': { verdict: 'unknown', reasonId: 'notYet', checks: ['legacy-authentication-blocked'] },
      'MS.AAD.7.1v1': { verdict: 'unknown' },
    })
  })

  it('takes a directory, in the order of the names, subdirectories included', async () => {
    const directory = join(folder, 'several')
    mkdirSync(join(directory, 'inner'), { recursive: true })
    for (const name of ['b.json', 'a.json', 'inner/c.json', 'notes.txt']) writeFileSync(join(directory, name), JSON.stringify(good))
    const { exitCode, reports } = await run([directory])
    expect([exitCode, reports.map((report) => report.file)]).toEqual([
      0,
      ['a.json', 'b.json', join('inner', 'c.json')].map((name) => join(directory, name)),
    ])
  })

  it('follows no link from a folder to a folder, and takes each file once', async () => {
    const directory = join(folder, 'linked')
    mkdirSync(join(directory, 'not-a-file.json'), { recursive: true })
    writeFileSync(join(directory, 'a.json'), JSON.stringify(good))
    for (const name of ['again', 'once-more']) symlinkSync('.', join(directory, name))
    const { exitCode, reports } = await run([directory])
    expect([exitCode, reports.map((report) => report.file)]).toEqual([0, [join(directory, 'a.json')]])
  })

  it.each([
    ['utf-16le', 'with a byte order mark', '\uFEFF'],
    ['utf-16be', 'with a byte order mark', '\uFEFF'],
    ['utf-8', 'with a byte order mark', '\uFEFF'],
    ['utf-8', 'without one', ''],
  ])('reads %s %s', async (encoding, _how, mark) => {
    const bytes = Buffer.from(`${mark}${JSON.stringify(good)}`, encoding === 'utf-8' ? 'utf8' : 'utf16le')
    const path = join(folder, 'encoded.json')
    writeFileSync(path, encoding === 'utf-16be' ? bytes.swap16() : bytes)
    expect(passed((await run([path])).reports[0])).toContain('app-secret-expired')
  })

  it('says of an empty file that it is empty, also when a report is asked for, and of a folder that it is one', async () => {
    const empty = file('nothing.json', '')
    expect((await run([empty])).reports[0].error).toMatch(/^The file is empty\. It must hold /)
    for (const [path, problem] of [
      [empty, 'The file is empty.'],
      [folder, 'This is a folder. Give the path of one file.'],
    ] as const)
      expect(await runHere(['evaluate', '--graph', path, '--format', 'json'])).toMatchObject({
        exitCode: 2,
        out: '',
        err: expect.stringContaining(`${path}: ${problem}`),
      })
  })

  it('goes on after a file that it cannot use, and ends with 2', async () => {
    const { exitCode, reports } = await run([file('broken.json', '{'), join(folder, 'absent.json'), file('good.json', good)])
    expect(exitCode).toBe(2)
    expect(reports.map(({ error }) => error !== undefined)).toEqual([true, true, false])
    expect(reports[0].error).toContain('not valid JSON')
    expect(reports[1].error).toContain('cannot be opened')
  })

  it.each(Object.entries(hostile))(
    'survives %s, which passes nothing that its spoilt answer should have decided',
    async (name, { text, sound }) => {
      const paths = [file(name, text), file('good.json', good), file('sound.json', { asOf: good.asOf, graph: sound })]
      const { exitCode, reports } = await run(paths)
      expect(reports).toHaveLength(3)
      expect(passed(reports[1])).toContain('app-secret-expired')
      if (reports[0].error === undefined) {
        expect(passed(reports[0])).toEqual(passed(reports[2]))
        expect(passed(reports[0]).filter((id) => ofApplications.has(id))).toEqual([])
      }
      expect(exitCode).toBe(reports[0].error === undefined ? 0 : 2)
      // What a file holds is not repeated at length, however much it is.
      expect(JSON.stringify(reports[0]).length).toBeLessThan(JSON.stringify(reports[2]).length + 20_000)
      expect(({} as Record<string, unknown>)['asOf']).toBeUndefined()
    },
  )

  it('names the baselines that there are', async () => {
    const { exitCode, reports } = await run([file('good.json', good)], { baseline: 'iso' })
    expect([exitCode, reports[0].error]).toEqual([2, "There is no baseline 'iso'. Known are: default, scuba, cis."])
  })

  it('counts administrators as the baseline does', async () => {
    const people = (count: number) => ({
      value: Array.from({ length: count }, (_, index) => ({
        id: `r${index}`,
        principalId: `u${index}`,
        roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
        principal: { '@odata.type': '#microsoft.graph.user', displayName: 'x' },
      })),
    })
    const path = file('five.json', {
      asOf: good.asOf,
      graph: {
        '/roleManagement/directory/roleAssignments': people(5),
        '/roleManagement/directory/roleEligibilityScheduleInstances': { value: [] },
      },
    })
    const verdictOf = async (baseline: string, policy: string) => (await run([path], { baseline })).reports[0].policies[policy].verdict
    expect([await verdictOf('scuba', 'MS.AAD.7.1v1'), await verdictOf('cis', '1.1.3')]).toEqual(['pass', 'fail'])
  })

  it('lists the objects with their parts and sentences', async () => {
    const sample = sampleCases.find(({ name }) => name === 'the published secret, long over')
    const { reports } = await run([file('old.json', sample?.input)])
    expect(reports[0].checks[0].objects).toEqual([
      expect.objectContaining({
        type: 'application',
        id: '03ef14b0-ca33-4840-8f4f-d6e91916010e',
        name: 'Display name',
        part: 'f0b0b335-1d71-4883-8f98-567911bfdca6',
        reason: expect.stringContaining('ended on September 9, 2021'),
      }),
    ])
  })

  it('prints the same bytes again, and a table without --json', async () => {
    const path = file('good.json', good)
    expect((await run([path])).lines).toEqual((await run([path])).lines)
    const { lines, exitCode } = await run([path, join(folder, 'absent.json')], { json: false })
    expect(exitCode).toBe(2)
    expect(lines[0]).toContain('APP-01')
    expect(lines[0]).toContain('MS.AAD.1.1v1: unknown')
    expect(lines[1]).toContain('absent.json: This cannot be opened')
  })
})
