import type { Action } from '@countersign/core/actions/action.ts'
import { needsOf, type NeededRole, type NeededScope } from '@countersign/core/actions/needs.ts'
import type { ScopesView } from '@countersign/core/api/actions.ts'
import { openIdScopes } from '@countersign/core/data/graph-delegated-scopes.ts'
import type { HeldRole, StoredAid } from '../store/aid.ts'
import { newestTokenScopes } from '../store/token-scopes.ts'
import type { ReadTx } from '../store/transaction.ts'
import { judgeRoles } from './aid-roles.ts'
import { grantedScopes } from './granted-scopes.ts'
import { readScopes } from './registrations.ts'

/** What is known of the permissions of one registration; undefined where nothing is. */
export interface KnownScopes {
  /** Of the last token. */
  readonly held: readonly string[] | undefined
  /** As the last scan saw them. */
  readonly granted: readonly string[] | undefined
}

export interface ScopeSources {
  readonly read: KnownScopes
  readonly act: KnownScopes
  readonly aid: Pick<StoredAid, 'heldRoles'> | undefined
}

/** Gathers what the store knows: the last tokens, the grants of the last scan, the Aid's roles. */
export async function scopeSources(
  tx: ReadTx,
  aid: StoredAid | undefined,
  ids: { readonly read: string; readonly act: string | null },
): Promise<ScopeSources> {
  const [readToken] = await newestTokenScopes(tx, 'read')
  return {
    read: { held: readToken?.scopes, granted: await grantedScopes(tx, ids.read, null) },
    act: { held: aid?.scopes, granted: ids.act === null ? undefined : await grantedScopes(tx, ids.act, aid?.objectId ?? null) },
    aid,
  }
}

/** Needed, granted and held, side by side; without actions there is no act plane to speak of, but what was granted shows as surplus. Pure. */
export function scopeView(enabled: readonly Action[], { read, act, aid }: ScopeSources): ScopesView {
  const needs = needsOf(enabled)
  const ofAct = enabled.length > 0 ? needs : { write: [], proof: [] }
  return {
    planes: [
      { plane: 'read', scopes: lines([['read', readScopes()]], read) },
      {
        plane: 'act',
        scopes: lines(
          [
            ['write', ofAct.write],
            ['proof', ofAct.proof],
          ],
          act,
        ),
      },
    ],
    roles: roleLines(needs.roles, aid?.heldRoles, enabled),
  }
}

type ScopeLine = ScopesView['planes'][number]['scopes'][number]

function lines(needed: readonly (readonly [kind: ScopeLine['kind'], scopes: readonly NeededScope[]])[], known: KnownScopes): ScopeLine[] {
  const has = (list: readonly string[] | undefined, scope: string): boolean | null => (list ? list.includes(scope) : null)
  const wanted = needed.flatMap(([kind, scopes]) =>
    scopes.map(({ scope, because }) => ({
      scope,
      kind,
      because: [...because],
      held: has(known.held, scope),
      granted: has(known.granted, scope),
    })),
  )
  const beyond = [...new Set([...(known.held ?? []), ...(known.granted ?? [])])]
    .filter((scope) => !openIdScopes.includes(scope) && !wanted.some((line) => line.scope === scope))
    .sort()
  return [
    ...wanted,
    ...beyond.map((scope) => ({
      scope,
      kind: 'surplus' as const,
      because: ['Nothing that is switched on needs it: remove it in Entra.'],
      held: has(known.held, scope),
      granted: has(known.granted, scope),
    })),
  ]
}

function roleLines(needed: readonly NeededRole[], held: readonly HeldRole[] | undefined, enabled: readonly Action[]): ScopesView['roles'] {
  const { surplus, missing } = judgeRoles(held ?? [], enabled)
  const custom = (role: HeldRole, { templateId, actions }: NeededRole): boolean =>
    templateId === 'custom'
      ? !role.isBuiltIn && actions.some((action) => role.actions.includes(action))
      : role.roleDefinitionId === templateId
  const wanted = needed.map((role) => {
    const scopes = held?.filter((own) => custom(own, role)).flatMap((own) => own.scopes) ?? []
    return {
      name: role.name,
      needed: true,
      held: held ? !missing.includes(role.name) : null,
      scope: `${narrowest[role.scope]}${scopes.length === 0 ? '' : `; held for ${scopesText(scopes)}`}`,
      because: [...role.because],
    }
  })
  const beyond = (held ?? []).filter(({ name }) => surplus.includes(name))
  return [
    ...wanted,
    ...beyond.map(({ name, scopes }) => ({
      name,
      needed: false,
      held: true,
      scope: `held for ${scopesText(scopes)}`,
      because: ['Nothing that is switched on needs it: take it away from the Aid in Entra.'],
    })),
  ]
}

const narrowest = {
  tenant: 'works for the whole tenant only',
  administrativeUnit: 'an administrative unit is enough',
  object: 'a single object is enough',
} as const satisfies Record<NeededRole['scope'], string>

/** Where roles are held, for people: '/' is the whole tenant. */
export function scopesText(scopes: readonly string[]): string {
  return [...new Set(scopes)].map((scope) => (scope === '/' ? 'the whole tenant' : scope)).join(', ')
}

/** What is wrong with a view, one sentence a fault; nothing where every needed permission is held and none beyond. */
export function scopeFaults({ planes, roles }: ScopesView): readonly string[] {
  return [
    ...planes.flatMap(({ plane, scopes }) =>
      scopes.flatMap(({ scope, kind, held, granted }) => {
        const name = `Countersign ${plane === 'read' ? 'Read' : 'Act'}`
        if (kind === 'surplus') return [`${name} has ${scope}, which nothing needs.`]
        return held === false || granted === false ? [`${name} lacks ${scope}.`] : []
      }),
    ),
    ...roles.flatMap(({ name, needed, held }) => {
      if (!needed) return [`The Aid holds the role ${name}, which nothing needs.`]
      return held === false ? [`The Aid lacks the role ${name}.`] : []
    }),
  ]
}
