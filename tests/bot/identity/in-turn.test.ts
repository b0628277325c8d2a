import { expect, it } from '@jest/globals'
import { inTurn } from '../../../bot/src/identity/in-turn.ts'

it('work on one subject waits for the work begun before, though that fails; other subjects do not wait', async () => {
  const begun: string[] = []
  const first = Promise.withResolvers<string>()
  const work = inTurn((subject) => {
    begun.push(subject)
    return begun.length === 1 ? first.promise : Promise.resolve(`${subject} ${begun.length}`)
  })
  const failing = work('a')
  const next = work('a')
  expect(await work('b')).toBe('b 2')
  expect(begun).toEqual(['a', 'b'])
  first.reject(new Error('broken'))
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('a 3')
})
