import { readSettings, type PostureProperties } from './settings.ts'

const none = { serviceUrl: '', apiResource: '' }
const complete: PostureProperties = {
  serviceUrl: 'https://countersign.contoso.com/',
  apiResource: 'api://countersign.contoso.com/0b7c5e7e-0d0b-4f2c-8a40-0d1f0c6f3a11',
  title: ' Identity posture ',
  showAreas: true,
  showRisks: false,
}

function gapsOf(properties: PostureProperties): readonly string[] {
  const result = readSettings(properties, none)
  return result.ok ? [] : result.gaps.map(({ id }) => id)
}

test('complete properties are trimmed and taken', () => {
  expect(readSettings(complete, none)).toEqual({
    ok: true,
    settings: { ...complete, serviceUrl: 'https://countersign.contoso.com', title: 'Identity posture' },
  })
})

test.each([
  ['serviceUrl', '', 'ServiceUrlMissing'],
  ['serviceUrl', undefined, 'ServiceUrlMissing'],
  ['serviceUrl', 'countersign', 'ServiceUrlInvalid'],
  ['serviceUrl', 'https://user:word@countersign.contoso.com', 'ServiceUrlInvalid'],
  ['serviceUrl', 'https://countersign.contoso.com/?tenant=1', 'ServiceUrlInvalid'],
  ['serviceUrl', 'data:text/html,hello', 'ServiceUrlInvalid'],
  ['serviceUrl', 'http://countersign.contoso.com', 'ServiceUrlInsecure'],
  ['apiResource', '  ', 'ApiResourceMissing'],
  ['apiResource', 'Countersign Read', 'ApiResourceInvalid'],
  ['title', ' ', 'TitleMissing'],
  ['title', 7, 'TitleMissing'],
  ['showAreas', undefined, 'ShowAreasMissing'],
  ['showRisks', 'true', 'ShowRisksMissing'],
])('%s = %p is refused as %s', (name, value, gap) => {
  expect(gapsOf({ ...complete, [name]: value })).toEqual([gap])
})

test('every gap is named at once', () => {
  expect(gapsOf({})).toEqual(['ServiceUrlMissing', 'ApiResourceMissing', 'TitleMissing', 'ShowAreasMissing', 'ShowRisksMissing'])
})

test('an application id and a loopback service are accepted', () => {
  expect(gapsOf({ ...complete, apiResource: '0b7c5e7e-0d0b-4f2c-8a40-0d1f0c6f3a11', serviceUrl: 'http://localhost:3978' })).toEqual([])
})

test('blank properties fall back to what the package was built with, given ones win', () => {
  const builtIn = { serviceUrl: 'https://built.contoso.com', apiResource: 'api://built' }
  const result = readSettings({ ...complete, serviceUrl: '' }, builtIn)
  expect(result.ok && result.settings.serviceUrl).toBe('https://built.contoso.com')
  expect(result.ok && result.settings.apiResource).toBe(complete.apiResource)
})
