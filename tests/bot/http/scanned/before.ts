import { expect, it } from '@jest/globals'
import { applicationsSchema } from '../../../../core/api/applications.ts'
import { changesSchema } from '../../../../core/api/changes.ts'
import { peopleSchema } from '../../../../core/api/people.ts'
import { problemSchema } from '../../../../core/api/problem.ts'
import { by } from '../../shared-stack.ts'

it('says before the first scan that nothing is known, and shows nobody an empty list as an answer', async () => {
  const nothing = { asOf: null, notKnown: { reason: 'noScan' }, count: 0 }
  expect(peopleSchema.parse((await by('eve').get('/api/people')).body)).toMatchObject(nothing)
  expect(applicationsSchema.parse((await by('eve').get('/api/applications')).body)).toMatchObject(nothing)
  const report = await by('eve').get('/api/reports/json')
  expect([report.status, problemSchema.parse(report.body).detail]).toEqual([404, expect.stringContaining('Nothing has been scanned')])
  expect(changesSchema.parse((await by('eve').get('/api/changes')).body)).toMatchObject({
    before: null,
    after: null,
    checks: [],
    sentence: expect.stringContaining('Nothing has been scanned'),
  })
})
