import { describe, expect, it } from '@jest/globals'
import { readingsOf, readOffline } from '../../../../core/posture/offline.ts'

const id = '8f1c0d3e-5a6b-4c7d-8e9f-0a1b2c3d4e5f'

function ownersIn(graph: object) {
  const read = readOffline(JSON.stringify({ asOf: '2026-11-01T00:00:00Z', graph }))
  if (!read.ok) throw new Error(read.problem)
  const { applicationOwners } = readingsOf(read.input)
  return applicationOwners
}

function owners(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    '@odata.type': '#microsoft.graph.user',
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    displayName: null,
    userPrincipalName: null,
  }))
}

const expanded = (count: number) => ({ '/applications?$select=id&$expand=owners': { value: [{ id, owners: owners(count) }] } })
const ownList = (count: number) => ({ [`/applications/${id}/owners`]: { value: owners(count) } })

describe('rows of a file in which $expand may have cut off', () => {
  it('are whole below the limit', () => {
    expect(ownersIn(expanded(19))).toMatchObject({ state: 'read', rows: [{ id, owners: owners(19) }] })
  })

  it('are completed from the list of their own', () => {
    expect(ownersIn({ ...expanded(20), ...ownList(23) })).toMatchObject({ state: 'read', rows: [{ id, owners: owners(23) }] })
  })

  it('are not used where the file does not hold that list, or the list was refused', () => {
    expect(ownersIn(expanded(20))).toMatchObject({
      state: 'unread',
      reason: 'notYet',
      detail: expect.stringContaining(`/applications/${id}/owners`),
    })
    const refused = { [`/applications/${id}/owners`]: { error: { code: 'Authorization_RequestDenied', message: '' } } }
    expect(ownersIn({ ...expanded(20), ...refused })).toMatchObject({ state: 'unread' })
  })
})
