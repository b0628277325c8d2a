import { readFileSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import { offlineSchemaText } from '../../../../core/posture/offline/schema.ts'
import { readOffline } from '../../../../core/posture/offline.ts'
import { unreadReasons } from '../../../../core/posture/fact.ts'

const page = readFileSync(new URL('../../../../docs/offline-input.md', import.meta.url), 'utf8')

it('the published schema is the one that the reader uses', () => {
  const published = readFileSync(new URL('../../../../docs/offline-input.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(JSON.parse(offlineSchemaText()))
})

it('the page names each reason, and its example can be read', () => {
  for (const reason of unreadReasons) expect(page).toContain(`\`${reason}\``)
  const [, example] = /```json\n([\s\S]*?)```/.exec(page) ?? []
  expect(readOffline(example ?? '')).toMatchObject({ ok: true })
})
