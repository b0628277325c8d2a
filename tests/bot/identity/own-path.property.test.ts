import { describe, it } from '@jest/globals'
import { ownPath } from '../../../bot/src/identity/browser-sign-in.ts'
import { fc } from '../../random.ts'

describe('where to go after sign-in', () => {
  it('is always a path of this service, whatever was asked', () => {
    const risky = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.webUrl().map((url) => url.slice(url.indexOf('//'))),
      fc.string().map((text) => `/${text}`),
      fc.string().map((text) => `/\\${text}`),
      fc
        .array(fc.constantFrom('/', '.', '%2e', '..', '\\', '%5c', 'a', '//own.invalid', '@', '?', '#', ':'), { maxLength: 8 })
        .map((parts) => `/${parts.join('')}`),
    )
    fc.assert(
      fc.property(
        risky,
        (to) => new URL(ownPath(to), 'https://own.example').origin === 'https://own.example' && /^\/([^/\\]|$)/.test(ownPath(to)),
      ),
      { numRuns: 2000 },
    )
  })
})
