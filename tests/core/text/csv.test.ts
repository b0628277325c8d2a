import { describe, expect, test } from '@jest/globals'
import { byteOrderMark, csvLine } from '../../../core/text/csv.ts'

describe('a line of a table', () => {
  test('is quoted whatever is in it', () => {
    expect(csvLine(['a "b"', 'c,d', 'e\r\nf', 4, -1])).toBe('"a ""b""","c,d","e\r\nf","4","-1"\r\n')
    expect(byteOrderMark).toHaveLength(1)
  })

  test.each(['=1+1', '+1', '-1', '@x', '|x', '%x', ' =1', '＝1', '＋1'])('%s is not run by a spreadsheet', (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell}"\r\n`)
  })
})
