import { describe, expect, it } from '@jest/globals'
import { delegatedScopes, openIdScopes } from '../../../core/data/graph-delegated-scopes.ts'
import { checks } from '../../../core/posture/checks.ts'
import { factsToRead } from '../../../core/posture/facts-to-read.ts'
import { actions } from '../../../core/actions/catalogue.ts'
import { startingActions } from '../../../core/actions/needs.ts'
import { scopeView } from '../../../bot/src/identity/scope-view.ts'
import { actManifest, actScopes, readScopes, registrationManifests } from '../../../bot/src/identity/registrations.ts'

const ids = {
  read: 'c0de0000-0000-4000-8000-000000000001',
  chat: 'c0de0000-0000-4000-8000-000000000002',
  act: 'c0de0000-0000-4000-8000-000000000003',
}

describe('registrations', () => {
  it('ask for nothing in Countersign Read that could write', () => {
    const scopes = readScopes().map(({ scope }) => scope)
    expect(scopes).toContain('User.Read')
    expect(scopes.filter((scope) => delegatedScopes.get(scope)?.kind !== 'read' && !openIdScopes.includes(scope))).toEqual([])
  })
  it('ask for exactly what the facts of the enabled checks need, with the reason for each', () => {
    const needed = new Set(factsToRead(checks).flatMap(({ scopes }) => scopes))
    expect(
      readScopes()
        .map(({ scope }) => scope)
        .filter((scope) => !['User.Read', 'User.ReadBasic.All'].includes(scope))
        .sort(),
    ).toEqual([...needed].sort())
    expect(readScopes([]).map(({ scope }) => scope)).not.toContain('Policy.Read.All')
    expect(readScopes().filter(({ because }) => because.length === 0)).toEqual([])
  })
  it('list what Countersign Act writes apart from what proves it', () => {
    const { write, proof } = actScopes()
    expect(write.map(({ scope }) => scope)).toEqual(expect.arrayContaining(['Application.ReadWrite.All', 'User.EnableDisableAccount.All']))
    expect(proof.map(({ scope }) => scope)).toContain('AuditLog.Read.All')
    expect(proof.filter(({ scope }) => delegatedScopes.get(scope)?.kind !== 'read')).toEqual([])
  })
  it('make the same registration from what is needed as from the actions that are switched on', () => {
    for (const enabled of [startingActions(actions), actions.slice(0, 1), actions]) {
      const nothing = { held: undefined, granted: undefined }
      const { planes } = scopeView(enabled, { read: nothing, act: nothing, aid: undefined })
      const needed = planes.filter(({ plane }) => plane === 'act').flatMap(({ scopes }) => scopes)
      expect(actManifest('https://countersign.example', ids.act, needed)).toEqual(
        registrationManifests('https://countersign.example', ids, enabled).act,
      )
    }
  })
  it('give the bot no permission at all', () => {
    expect(registrationManifests('https://countersign.example', ids).chat['requiredResourceAccess']).toEqual([])
  })
  it('name the host in the identifier URIs and the redirect addresses', () => {
    const { read, act } = registrationManifests('https://countersign.example', ids)
    expect(read['identifierUris']).toEqual([`api://countersign.example/${ids.read}`, `api://countersign.example/botid-${ids.chat}`])
    expect(read['web']).toEqual({ redirectUris: ['https://countersign.example/auth/callback'] })
    expect(act['web']).toEqual({ redirectUris: ['https://countersign.example/auth/aid/callback'] })
  })
  it('let SharePoint have the view scope and nothing else', () => {
    const api = Object(registrationManifests('https://countersign.example', ids).read['api'])
    const view = api.oauth2PermissionScopes.find((scope: { value: string }) => scope.value === 'Posture.View').id
    expect(api.preAuthorizedApplications.filter((entry: { appId: string }) => entry.appId.startsWith('08e18876'))).toEqual([
      { appId: '08e18876-6177-487e-b8b5-cf950c1e598c', delegatedPermissionIds: [view] },
    ])
    expect(
      api.preAuthorizedApplications.filter(
        (entry: { appId: string; delegatedPermissionIds: string[] }) =>
          !entry.appId.startsWith('08e18876') && entry.delegatedPermissionIds.includes(view),
      ),
    ).toEqual([])
  })
})
