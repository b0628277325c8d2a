import { describe, expect, it } from '@jest/globals'
import { groupSettings } from '../../../../core/posture/facts/group-settings.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('list-group-settings')

describe('group-settings', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    const [setting] = parsed(groupSettings, rows)
    expect(setting).toMatchObject({ templateId: '62375ab9-6b52-47ed-826b-58e47e0e304b' })
    expect(setting?.values).toContainEqual({ name: 'EnableGroupCreation', value: 'true' })
  })

  it.each(['id', 'templateId', 'values', 'values.0.name'])(
    'refuses a row where %s is missing, null or of another type, and says where',
    (path) => {
      for (const row of spoiled(rows[0], path)) expect(refusal(groupSettings, row)).toContain(path)
    },
  )
})
