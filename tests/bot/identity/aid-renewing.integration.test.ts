import { expect, it } from '@jest/globals'
import { makeAidTokens } from '../../../bot/src/identity/aid-tokens.ts'
import { partition } from '../../../bot/src/identity/entra-client.ts'
import { makeIdentity } from '../../../bot/src/identity/identity.ts'
import { lockPartition, putSecret, secretInventory } from '../../../bot/src/store/vault.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import type { Principal } from '../../../core/principal.ts'
import { aidId, connectAid } from '../act/act-world.ts'
import { testDeploymentKey, withStore } from '../store/test-store.ts'
import { waitedFor } from '../store/waited-for.ts'

const registration = { appId: 'app', secret: 'secret' }

it('an Aid that is disconnected while its tokens are renewed leaves none behind', () =>
  withStore(async (store, test) => {
    const owner: Principal = { ...(await test.newTenant()), displayName: 'Ada', roles: ['owner'], door: 'tab' }
    await connectAid(store, owner, { objectId: aidId, userPrincipalName: 'aid@contoso.example', scopes: [], at: 'now' })
    const identity = makeIdentity({
      store,
      settings: {
        version: '0',
        origin: 'https://countersign.example',
        authority: 'https://localhost',
        graph: 'https://localhost',
        tenants: [owner.tenantId],
        read: { ...registration, resource: 'api://app' },
        act: registration,
        chat: null,
      },
      deploymentKey: testDeploymentKey,
      enabledActions: () => Promise.resolve([]),
      budgetFor: () => ({ take: async () => undefined, refused: async () => undefined }),
      now: () => Date.now(),
    })
    const held = Promise.withResolvers<void>()
    const free = Promise.withResolvers<void>()
    const renewing = writeTx(store, owner, async (tx) => {
      await lockPartition(tx, partition('act', aidId))
      held.resolve()
      await free.promise
      await putSecret(tx, partition('act', aidId), 'renewed')
    })
    await held.promise
    const disconnecting = identity.aid?.disconnect(owner)
    await Promise.race([disconnecting, waitedFor(test)])
    free.resolve()
    await renewing
    expect(await disconnecting).toBe(true)
    expect(await readTx(store, owner, secretInventory)).toEqual([])
    expect(await identity.aidToken(owner.tenantId)()).toEqual({ kind: 'needsSignIn', reason: 'No Aid is connected.' })
  }))

it('a token is had as the Aid that a warrant names, and as no other', () =>
  withStore(async (store, test) => {
    const owner = await test.newTenant()
    const tokens = makeAidTokens({ store, authority: 'https://localhost', registration, now: () => Date.now() })
    await connectAid(
      store,
      { ...owner, displayName: 'Ada', roles: ['owner'], door: 'tab' },
      { objectId: aidId, userPrincipalName: 'aid@contoso.example', scopes: [], at: 'now' },
    )
    const other = tokens.for(owner.tenantId, '99999999-2222-4333-8444-555555555555')
    expect(await other()).toEqual({ kind: 'needsSignIn', reason: 'No Aid is connected.' })
  }))
