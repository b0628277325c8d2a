import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { ownPath } from '../../../bot/src/identity/browser-sign-in.ts'
import { makeStateSealer } from '../../../bot/src/identity/sealed-state.ts'
import { fc } from '../../random.ts'

const schema = z.object({ to: z.string() })

describe('state that travels with the browser', () => {
  const clock = { now: 1_000 }
  const sealer = makeStateSealer(new Uint8Array(32).fill(1), () => clock.now)

  it('comes back as it was, within its time, and cannot be read on the way', () => {
    const sealed = sealer.seal('sign-in', { to: '/trust' }, 10)
    expect(sealed).not.toContain('trust')
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('trust')
    expect(sealer.open('sign-in', sealed, schema)).toEqual({ to: '/trust' })
    clock.now += 10_000
    expect(sealer.open('sign-in', sealed, schema)).toBeUndefined()
  })
  it('serves one purpose and one deployment only', () => {
    const sealed = sealer.seal('sign-in', { to: '/' }, 10)
    expect(sealer.open('aid', sealed, schema)).toBeUndefined()
    expect(makeStateSealer(new Uint8Array(32).fill(2), () => clock.now).open('sign-in', sealed, schema)).toBeUndefined()
  })
  it('is refused, never an error, when any byte was changed', () => {
    const bytes = Buffer.from(sealer.seal('sign-in', { to: '/' }, 10), 'base64url')
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ flip
        return sealer.open('sign-in', changed.toString('base64url'), schema) === undefined
      }),
    )
    fc.assert(fc.property(fc.string(), (text) => sealer.open('sign-in', text, schema) === undefined))
  })
})

describe('where to go after sign-in', () => {
  it.each([
    ['/findings/app-secret-expired?state=open', '/findings/app-secret-expired?state=open'],
    ['/auth/sign-out', '/'],
    ['/../auth/sign-out', '/'],
    ['/.//evil.example', '/'],
    ['/a/..//evil.example/findings', '/'],
    ['/x/%2e%2e//evil.example', '/'],
    ['/overview?next=//evil.example', '/overview?next=//evil.example'],
    [undefined, '/'],
  ])('turns %s into %s', (to, path) => {
    expect(ownPath(to)).toBe(path)
  })
})
