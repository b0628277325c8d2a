import { describe, expect, it } from '@jest/globals'
import { cleanName } from '@countersign/core/text/clean-name.ts'

describe('names from the tenant', () => {
  it.each([
    ['Ada\u202Elivec\u202C', 'Adalivec'],
    ['Bo\u200B\u2060Berg\uFEFF', 'BoBerg'],
    ['**yes** [click](https://evil.example)', 'yes click(https://evil.example)'],
    ['two\nlines\tand   spaces', 'two lines and spaces'],
    ['\u0000\u200B', '(no name)'],
    ['Ｆｕｌｌ', 'Full'],
    ['Zoë Ångström 李', 'Zoë Ångström 李'],
  ])('%j is shown as %j', (name, shown) => {
    expect(cleanName(name)).toBe(shown)
  })
})
