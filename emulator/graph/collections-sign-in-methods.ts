import { common } from './collection-entry.ts'
import type { CollectionEntry } from './collection-entry.ts'
import { allMethods, methodsOfKind } from './sign-in-methods.ts'

/** Administrators read the methods of others, with phone numbers and all; Global Readers and Authentication Administrators in part. */
const readAction = [
  'microsoft.directory/users/authenticationMethods/standard/read',
  'microsoft.directory/users/authenticationMethods/standard/restrictedRead',
] as const

function methods(name: string, kind: Parameters<typeof methodsOfKind>[0]): CollectionEntry {
  return {
    ...common,
    path: `users/{id}/authentication/${name}`,
    type: `${kind}AuthenticationMethod`,
    rows: methodsOfKind(kind),
    ownedBy: 'users',
    personal: true,
    page: 'whole',
    readAction,
  }
}

/** With what people sign in: https://learn.microsoft.com/graph/api/resources/authenticationmethods-overview */
export const signInMethodCollections: readonly CollectionEntry[] = [
  {
    ...common,
    path: 'users/{id}/authentication/methods',
    type: 'authenticationMethod',
    rows: allMethods,
    ownedBy: 'users',
    personal: true,
    page: 'whole',
    readAction,
  },
  methods('phoneMethods', 'phone'),
  methods('microsoftAuthenticatorMethods', 'microsoftAuthenticator'),
  methods('fido2Methods', 'fido2'),
  methods('softwareOathMethods', 'softwareOath'),
  methods('temporaryAccessPassMethods', 'temporaryAccessPass'),
  methods('emailMethods', 'email'),
  methods('windowsHelloForBusinessMethods', 'windowsHelloForBusiness'),
]
