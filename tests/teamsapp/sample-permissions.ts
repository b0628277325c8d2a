import { actions } from '@countersign/core/actions/catalogue.ts'
import { needsOf } from '@countersign/core/actions/needs.ts'
import { getScopes, type ScopesView } from '@countersign/core/api/actions.ts'
import { listExceptions } from '@countersign/core/api/exceptions.ts'
import { me } from './sample-records.ts'
import { missing, switchedOn } from './sample-actions.ts'

const on = actions.filter(({ id, starts }) => starts === 'on' || switchedOn.has(id))
const needs = needsOf(on)
const line = (kind: 'write' | 'proof') => (one: { readonly scope: string; readonly because: readonly string[] }) => ({
  ...one,
  kind,
  held: !missing.has(one.scope),
  granted: !missing.has(one.scope),
})
export const scopes: ScopesView = getScopes.answer.parse({
  planes: [
    {
      plane: 'read',
      scopes: ['Application.Read.All', 'AuditLog.Read.All', 'Policy.Read.All'].map((scope) => ({
        scope,
        kind: 'read',
        because: ['Applications', 'Sign-ins of applications', 'Owners', 'Permissions', 'Grants'],
        held: true,
        granted: null,
      })),
    },
    {
      plane: 'act',
      scopes: [
        ...needs.write.map(line('write')),
        ...needs.proof.map(line('proof')),
        {
          scope: 'Directory.ReadWrite.All',
          kind: 'surplus',
          because: ['Nothing that is switched on needs it: remove it in Entra.'],
          held: true,
          granted: true,
        },
      ],
    },
  ],
  roles: needs.roles.map(({ name, because }) => ({
    name,
    needed: true,
    held: name !== 'Conditional Access Administrator',
    scope: 'works for the whole tenant only',
    because,
  })),
})

export const exceptions = listExceptions.answer.parse({
  mayDeclare: true,
  exceptions: [
    {
      id: 'a1a1b6de-3f0e-4b65-9a06-6de9f0a4c7e2',
      kind: 'user',
      objectId: '3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f',
      reason: 'The Aid signs in without a device of its own.',
      by: me.objectId,
      byName: me.displayName,
      at: '2026-11-12T10:00:00.000Z',
      isAid: true,
      policies: ['Require a compliant device for everybody'],
    },
  ],
})
