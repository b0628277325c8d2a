import { describe, expect, test } from '@jest/globals'
import { ownPath, teamsLink } from '../../teamsapp/host/own-path.ts'

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

  test('a Teams link carries the path there and back', () => {
    const path = '/findings?q=a b&severity=high'.replace(' ', '%20')
    const link = new URL(teamsLink({ appId: 'app-1', entityId: 'countersign', path, origin: 'https://tab.example' }))
    expect(`${link.origin}${link.pathname}`).toBe('https://teams.microsoft.com/l/entity/app-1/countersign')
    expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: path })
    expect(link.searchParams.get('webUrl')).toBe(`https://tab.example${path}`)
    expect(link.search).not.toContain('+')
  })
})
