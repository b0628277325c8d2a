import { beforeAll, describe, expect, it } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BaselinesView } from '../../../../core/api/baselines.ts'
import { reportSchema, type ReportDocument } from '../../../../core/report/json-schema.ts'
import { as, newestScan, stack } from '../../shared-stack.ts'
import { runHere } from '../command.ts'

async function view(): Promise<BaselinesView> {
  return JSON.parse((await runHere(['baselines', '--json', ...as('ada')])).out) as BaselinesView
}
async function report(...words: readonly string[]): Promise<ReportDocument> {
  const out = join(stack().folder, `${words.join('')}${performance.now()}.json`)
  expect(await runHere(['report', '--format', 'json', '--out', out, ...words, ...as('ada')])).toMatchObject({ exitCode: 0 })
  return reportSchema.parse(JSON.parse(await readFile(out, 'utf8')))
}
function guests({ checks }: ReportDocument): number {
  const check = checks.find(({ id }) => id === 'guests-in-use')
  return check ? check.affected.listed : -1
}

describe('countersign baselines', () => {
  beforeAll(newestScan)

  /** As the baseline has it, whatever was tried before. */
  async function withdrawAll(): Promise<void> {
    for (const { parameter } of (await view()).overrides)
      expect(await runHere(['baselines', 'withdraw', parameter, ...as('ada'), '--reason', 'Begun anew'])).toMatchObject({ exitCode: 0 })
  }

  it('sets a parameter: the facts are judged again at once, and verdict and report say by what', async () => {
    await withdrawAll()
    const before = await report()
    const set = await runHere(['baselines', 'set', 'inactiveDays', '365', ...as('ada'), '--reason', 'Audits come once a year'])
    expect(set).toMatchObject({ exitCode: 0, out: expect.stringContaining('instead of 90 days: asks for less than the baseline') })
    expect(set.out).toContain('Judged by it')
    const shown = await view()
    expect(shown.judged).toMatchObject({ isCurrent: true })
    expect(shown.overrides).toEqual([expect.objectContaining({ parameter: 'inactiveDays', value: 365, reason: 'Audits come once a year' })])
    const after = await report()
    expect(guests(after)).toBeLessThan(guests(before))
    expect(after.scan.id).not.toBe(before.scan.id)
    expect(after.baseline).toMatchObject({ parameters: { inactiveDays: 365 }, baselineParameters: { inactiveDays: 90 }, asOfScan: true })
    expect(after.checks.find(({ id }) => id === 'guests-in-use')?.reason).toContain(
      '365 days instead of the baseline’s 90 days, because “Audits come once a year”.',
    )
    // The earlier scan is shown as it was judged then.
    const then = await report('--scan', before.scan.id)
    expect(then.baseline).toMatchObject({ parameters: { inactiveDays: 90 }, ownValues: [] })
    expect(then.score).toEqual(before.score)
    // With a baseline that is asked for, own values do not count.
    const plain = await report('--baseline', 'default')
    expect(plain).toMatchObject({ judgedAgain: true, baseline: { ownValues: [] } })
    expect(guests(plain)).toBe(guests(before))
  })

  it('keeps the history of a parameter, and goes back to the baseline’s value', async () => {
    await withdrawAll()
    await runHere(['baselines', 'set', 'inactiveDays', '365', ...as('ada'), '--reason', 'Audits come once a year'])
    await runHere(['baselines', 'set', 'inactiveDays', '200', ...as('ada'), '--reason', 'Half a year is enough'])
    await runHere(['baselines', 'set', 'newAccountDays', '60', ...as('ada'), '--reason', 'People start once a quarter'])
    expect(await runHere(['baselines', 'withdraw', 'newAccountDays', ...as('ada')])).toMatchObject({ exitCode: 0 })
    const withdrawn = await runHere(['baselines', 'withdraw', 'inactiveDays', ...as('ada'), '--reason', 'The projects are over'])
    expect(withdrawn).toMatchObject({ exitCode: 0, out: expect.stringContaining('inactiveDays  90 days') })
    expect(await runHere(['baselines', 'withdraw', 'inactiveDays', ...as('ada')])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('has the baseline’s own value'),
    })
    const { history, overrides } = await view()
    expect(overrides).toEqual([])
    expect(history.slice(0, 5).map(({ sentence, reason }) => [sentence, reason])).toEqual([
      ['Went back to the baseline’s value of “Days until an account is left behind”, which was 200 days.', 'The projects are over'],
      ['Went back to the baseline’s value of “Days until a new account is used”, which was 60 days.', null],
      ['Set “Days until a new account is used” to 60 days.', 'People start once a quarter'],
      ['Set “Days until an account is left behind” to 200 days, which was 365 days.', 'Half a year is enough'],
      ['Set “Days until an account is left behind” to 365 days.', 'Audits come once a year'],
    ])
    const listed = await runHere(['baselines', '--history', ...as('ada')])
    expect(listed.out).toMatch(/Changes:\n {2}\d{4}-\d{2}-\d{2} {2}.*: Went back to .*, which was 200 days\. The projects are over\n/)
  })

  it('chooses a baseline and tells of each of its policies', async () => {
    const chosen = await runHere(['baselines', 'choose', 'scuba', ...as('ada'), '--reason', 'Asked for by our insurer'])
    expect(chosen).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^Baseline scuba, CISA SCuBA.*Asked for by our insurer/) })
    const { policies, chosen: now, judged } = await view()
    expect(now).toMatchObject({ id: 'scuba', choice: { reason: 'Asked for by our insurer' } })
    expect(judged?.isCurrent).toBe(true)
    expect(policies.length).toBeGreaterThan(25)
    expect(new Set(policies.map(({ standing }) => standing))).toContain('notMet')
    for (const { reason, checks } of policies) {
      expect(reason).toMatch(/\.$/)
      expect(checks.length).toBeGreaterThan(0)
    }
    expect(await runHere(['baselines', 'list', '--policies', ...as('ada')])).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/MS\.AAD\.1\.1v1 {2}(met|not met)/),
    })
  })

  it.each([
    [['set', 'inactiveDays', '5', '--reason', 'Why not'], 'must be a whole number of days from 14 to 365'],
    [['set', 'signInRiskLevels', 'severe', '--reason', 'Why not'], 'one or more of high, medium, low'],
    [['set', 'globalAdministratorsLeast', '20', '--reason', 'Why not'], 'would be more than the most'],
    [['set', 'nothing', '5', '--reason', 'Why not'], 'Known are: globalAdministratorsLeast'],
    [['set', 'inactiveDays', '60', '--reason', ' '], 'must say why'],
    [['withdraw', 'inactiveDays', '--reason', ' '], 'must say why'],
    [['choose', 'nist', '--reason', 'Why not'], 'Known are: default, scuba, cis'],
  ])('%j: a sentence and exit code 2', async (words, sentence) => {
    expect(await runHere(['baselines', ...words, ...as('ada')])).toMatchObject({ exitCode: 2, err: expect.stringContaining(sentence) })
  })

  it('only owners change it, and viewers do not read it', async () => {
    expect(await runHere(['baselines', 'set', 'inactiveDays', '60', ...as('bo'), '--reason', 'Why not'])).toMatchObject({ exitCode: 2 })
    expect(await runHere(['baselines', 'choose', 'cis', ...as('bo'), '--reason', 'Why not'])).toMatchObject({ exitCode: 2 })
    expect(await runHere(['baselines', ...as('bo')])).toMatchObject({ exitCode: 0 })
    expect(await runHere(['baselines', ...as('cleo')])).toMatchObject({ exitCode: 2 })
  })
})
