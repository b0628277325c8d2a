import { expect, test } from '@jest/globals'
import { pathParts } from '../../ui/path-parts.ts'

test.each([
  ['User.Read', ['User', '.Read']],
  ['ada@contoso.example', ['ada', '@contoso', '.example']],
  ['DelegatedAdminRelationship.Read.All', ['Delegated', 'Admin', 'Relationship', '.Read', '.All']],
  ['PowerShell and McDonald', ['PowerShell and McDonald']],
])('%s may break before dots and @, and in a word too long for a phone before its capitals', (text, parts) => {
  expect(pathParts(text)).toEqual(parts)
  expect(parts.join('')).toBe(text)
})
