import { z } from 'zod'

/** Kinds that can be removed, with the names that people know. */
export const methodKinds = {
  phone: 'Phone',
  microsoftAuthenticator: 'Microsoft Authenticator',
  fido2: 'Passkey or security key',
} as const
type MethodKind = keyof typeof methodKinds

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
