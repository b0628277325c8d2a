import { describe, expect, it } from '@jest/globals'
import { changesSchema } from '../../../../core/api/changes.ts'
import { judgementSchema, listScans, trendSchema } from '../../../../core/api/history.ts'
import { overviewSchema } from '../../../../core/api/posture.ts'
import { sponsorSchema } from '../../../../core/api/sponsor.ts'
import { trustSchema } from '../../../../core/api/trust.ts'
import { runHere } from '../../cli/command.ts'
import { allScans, as, by } from '../../shared-stack.ts'

/** Half a day away, so that no scan by the clock begins meanwhile. */
const farHour = (new Date().getUTCHours() + 12) % 24
function timeOf(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

describe('history', () => {
  it('lists every scan with its score, and the score of every area over time', async () => {
    const { scans: lines } = listScans.answer.parse((await by('ada').get('/api/scans')).body)
    expect(lines.map(({ id }) => id)).toEqual([...allScans()].reverse())
    for (const line of lines)
      expect(line).toMatchObject({ kind: 'scan', kept: true, scheduled: false, sentence: 'A scan by Ada Lindqvist.' })
    const trend = trendSchema.parse((await by('ada').get('/api/trend')).body)
    expect(trend.points.map(({ score }) => score)).toEqual([...lines].reverse().map(({ score }) => score))
    expect(trend.points.at(-1)?.areas.applications).toBeGreaterThan(trend.points[0]?.areas.applications ?? 100)
    expect(overviewSchema.parse((await by('ada').get('/api/overview')).body)).toMatchObject({
      lastScan: { id: allScans().at(-1) },
      judgedAt: null,
    })
  })

  it('judges an earlier scan again, and stores nothing', async () => {
    const before = (await by('ada').get('/api/scans')).body
    const judged = judgementSchema.parse((await by('ada').get(`/api/scans/${allScans()[0]}/judgement`)).body)
    expect(judged).toMatchObject({ newChecks: [], goneChecks: [], score: { now: judged.score.then } })
    for (const check of judged.checks) expect([check.checkId, check.verdict]).toEqual([check.checkId, check.verdictThen])
    expect((await by('ada').get('/api/scans')).body).toEqual(before)
  })

  it('is printed by the command line', async () => {
    const run = (...args: string[]): ReturnType<typeof runHere> => runHere([...args, ...as('ada')])
    const listed = await run('scans')
    expect([listed.exitCode, listed.out.match(/A scan by Ada Lindqvist/g)?.length]).toEqual([0, allScans().length])
    const changed = await run('changes', '--from', allScans()[0] ?? '', '--to', allScans().at(-1) ?? '')
    expect([changed.exitCode, changed.err]).toEqual([0, ''])
    expect(changed.out).toMatch(/fixed {4}.*secret/)
    expect(changed.out).toContain('passwordCredentials')
    expect(changesSchema.parse(JSON.parse((await run('changes', '--json')).out))).toEqual(
      changesSchema.parse((await by('ada').get('/api/changes')).body),
    )
    const judged = await run('judge', allScans()[0] ?? '')
    expect([judged.exitCode, judged.out]).toEqual([0, expect.stringContaining('Nothing of this is stored.')])
    const wrong = await run('changes', '--from', 'yesterday')
    expect([wrong.exitCode, wrong.err]).toEqual([2, expect.stringContaining('from must be the id of a scan, a day such as 2026-11-20')])
    const offered = await run('sponsor', '--hour', `${farHour}`)
    expect([offered.exitCode, offered.out]).toEqual([0, expect.stringContaining(`every day at ${timeOf(farHour)} UTC`)])
    expect((await run('sponsor', '--withdraw')).out).toContain('only when a signed-in person starts them')
  })
})

describe('the scan sponsor', () => {
  it('opts in for themselves, is named in the Trust Center, and withdraws', async () => {
    await by('ada').delete('/api/sponsor')
    expect(sponsorSchema.parse((await by('bo').put('/api/sponsor', { hour: farHour })).body)).toMatchObject({
      isYou: true,
      sponsor: { hour: farHour },
    })
    const trust = trustSchema.parse((await by('cleo').get('/api/trust')).body)
    expect(trust.scans.sentence).toContain(`every day at ${timeOf(farHour)} UTC. They run as Bo`)
    expect((await by('ada').put('/api/sponsor', { hour: 5 })).status).toBe(409)
    expect((await by('cleo').put('/api/sponsor', { hour: 5 })).status).toBe(403)
    expect((await by('cleo').delete('/api/sponsor')).status).toBe(403)
    expect(sponsorSchema.parse((await by('cleo').get('/api/sponsor')).body)).toMatchObject({ isYou: false, mayWithdraw: false })
    expect((await by('bo').put('/api/sponsor', { hour: 24 })).status).toBe(400)
    expect((await by('ada').delete('/api/sponsor', { person: 'bo' })).status).toBe(400)
    const withdrawn = sponsorSchema.parse((await by('ada').delete('/api/sponsor')).body)
    expect([withdrawn.sponsor, withdrawn.ended[0]?.endReason]).toEqual([null, 'Ada Lindqvist, an owner, withdrew it.'])
  })

  it('shows what changed and who scanned to nobody who may not see findings', async () => {
    for (const path of ['/api/scans', '/api/changes', `/api/scans/${allScans()[0]}/judgement`])
      expect([path, (await by('cleo').get(path)).status]).toEqual([path, 403])
    expect((await by('cleo').get('/api/trend')).status).toBe(200)
  })
})
