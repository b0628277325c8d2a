import { expect, test } from '@jest/globals'
import { wordsOf } from '../../teamsapp/pages/changes/change-words.ts'

const check = { code: 'APP-36', title: 'Users cannot register applications' }
const found = { verdict: 'fail' as const, severity: 'high' as const, because: 'Users can register applications' }

test('what is new of the tenant itself is told as it was found, not by the title that says how it should be', () => {
  expect(wordsOf(check, { name: '', before: null, after: found })).toEqual({ title: 'Users can register applications', because: '' })
})

test('an object is told by its name, with what was found of it', () => {
  expect(wordsOf(check, { name: 'Payroll Sync', before: found, after: null })).toEqual({
    title: 'Payroll Sync (APP-36)',
    because: 'Users can register applications',
  })
})
