import { describe, expect, test } from '@jest/globals'
import { ownPath, teamsLink } from '../../teamsapp/host/own-path.ts'
import { entries } from '../../teamsapp/layout/pages.ts'
import { fc } from '../random.ts'

describe('what a deep link may ask for', () => {
  test.each([
    '/findings',
    '/findings/app-secret-expired',
    '/findings?q=guest&severity=critical,high&order=-adds',
    '/receipts/5a0d22e1-7f6b-4e0e-9a4c-1d02c4b7f3aa',
    '/settings/permissions#scopes',
    '/findings?q=a%20b%2Fc',
  ])('%s', (path) => expect(ownPath(path)).toBe(path))

  test.each([
    undefined,
    '',
    'overview',
    '//evil.example/overview',
    '/\\evil.example',
    'https://evil.example/overview',
    'javascript:alert(1)',
    '/auth/sign-out',
    '/api/me',
    '/overviews',
    '/findings/../auth/sign-out',
    '/findings/%2e%2e/%2e%2e/auth/sign-out',
    '/findings/<script>',
    `/findings?q=${'a'.repeat(2000)}`,
  ])('not %s', (path) => expect(ownPath(path)).toBeUndefined())

  test('whatever is asked, what comes out is below one of our pages and on our origin', () => {
    let accepted = 0
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webPath(),
          fc.webUrl(),
          fc.constantFrom(...entries.map(({ path }) => path)).chain((path) => fc.webPath().map((rest) => `${path}${rest}`)),
        ),
        (asked) => {
          const path = ownPath(asked)
          if (path === undefined) return
          accepted += 1
          const url = new URL(path, 'https://tab.example')
          expect(url.origin).toBe('https://tab.example')
          expect(entries.some((entry) => url.pathname === entry.path || url.pathname.startsWith(`${entry.path}/`))).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  test('a Teams link carries the path there and back', () => {
    const path = '/findings?q=a b&severity=high'.replace(' ', '%20')
    const link = new URL(teamsLink({ appId: 'app-1', entityId: 'countersign', path, origin: 'https://tab.example' }))
    expect(`${link.origin}${link.pathname}`).toBe('https://teams.microsoft.com/l/entity/app-1/countersign')
    expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: path })
    expect(link.searchParams.get('webUrl')).toBe(`https://tab.example${path}`)
    expect(link.search).not.toContain('+')
  })
})
