import { z } from 'zod'
import type { PlanStep } from '../action.ts'

/** Kinds that can be removed, with the names that people know. */
export const methodKinds = {
  phone: 'Phone',
  microsoftAuthenticator: 'Microsoft Authenticator',
  fido2: 'Passkey or security key',
} as const
type MethodKind = keyof typeof methodKinds

export const methodInput = z
  .object({
    userId: z.uuid(),
    method: z.enum(['phone', 'microsoftAuthenticator', 'fido2']),
    methodId: z.string().regex(/^[A-Za-z0-9_=-]{1,256}$/),
  })
  .strict()

const methodSchema = z.object({
  '@odata.type': z.string(),
  id: z.string(),
  displayName: z.string().nullish(),
  phoneNumber: z.string().nullish(),
})
type Method = z.infer<typeof methodSchema>
export const methodsSchema = z.object({ value: z.array(methodSchema) })

export function odataTypeOf(kind: MethodKind): string {
  return `#microsoft.graph.${kind}AuthenticationMethod`
}

export function methodLabel(kind: MethodKind, { phoneNumber, displayName }: Method): string {
  const detail = phoneNumber ?? displayName
  return detail ? `${methodKinds[kind]}: ${detail}` : methodKinds[kind]
}

/** What satisfies a second factor: not the password, nor the address for a forgotten password, nor a pass that ends by itself. */
export function secondFactors(methods: readonly Method[]): readonly Method[] {
  const others = ['password', 'email', 'temporaryAccessPass'].map((kind) => `#microsoft.graph.${kind}AuthenticationMethod`)
  return methods.filter((method) => !others.includes(method['@odata.type']))
}

export function removeMethod(userId: string, kind: MethodKind, id: string): Omit<PlanStep, 'about'> {
  const path = `/users/${userId}/authentication`
  return {
    class: 'delete',
    write: { method: 'DELETE', path: `${path}/${kind}Methods/${id}`, body: null },
    readBack: { read: { path: `${path}/methods` }, expect: { kind: 'lacks', list: 'value', field: 'id', value: id } },
    undo: null,
    echo: { activities: ['Admin deleted security info'], targetId: userId },
  }
}
