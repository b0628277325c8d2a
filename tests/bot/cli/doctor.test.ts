import { afterAll, describe, expect, it } from '@jest/globals'
import { createServer } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { doctorText } from '../../../bot/src/cli/doctor.ts'
import { lookAtCertificateAuthority, lookAtDisk } from '../../../bot/src/cli/doctor/machine.ts'
import { aidLines, readLine } from '../../../bot/src/cli/doctor/permissions.ts'
import { credentialLine } from '../../../bot/src/cli/doctor/registrations.ts'
import { lookAtService, serviceAddressOf } from '../../../bot/src/cli/doctor/running-service.ts'
import { readSettings } from '../../../bot/src/cli/doctor/settings.ts'
import { lookOutside } from '../../../bot/src/cli/doctor/sign-in-service.ts'
import { actions } from '../../../core/actions/catalogue.ts'
import { needsOf, startingActions } from '../../../core/actions/needs.ts'
import type { DoctorLine } from '../../../bot/src/cli/doctor/line.ts'
import type { StoredAid } from '../../../bot/src/store/aid.ts'
import { actScopes, readScopes } from '../../../bot/src/identity/registrations.ts'

const folder = mkdtempSync(join(tmpdir(), 'cs-doctor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileWith(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

/** Plays the sign-in service and Graph on one port. */
async function withServer<T>(
  answer: (path: string) => { status: number; body: string; date?: Date },
  use: (address: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    const { status, body, date } = answer(request.url ?? '')
    if (date) response.setHeader('date', date.toUTCString())
    response.writeHead(status).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  try {
    return await use(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const tenant = '11111111-1111-4111-8111-111111111111'
const states = (lines: readonly { id: string; state: string }[]): Record<string, string> =>
  Object.fromEntries(lines.map(({ id, state }) => [id, state]))

describe('doctor', () => {
  it('says what is fine, what is not with what to do, and what cannot be seen', () => {
    expect(doctorText({ id: 'disk', state: 'ok', title: 'Free disk', detail: 'Enough.', mend: null })).toBe('ok      Free disk: Enough.')
    expect(doctorText({ id: 'disk', state: 'problem', title: 'Free disk', detail: 'Too\u001b[31m little.', mend: 'Free some.' })).toBe(
      'PROBLEM Free disk: Too [31m little.\n        What to do: Free some.',
    )
  })

  it('names every wrong setting on a line of its own, and never a value', () => {
    const answer = readSettings([fileWith('env', 'READ_APP_SECRET=very-secret\nPORT=no\nCOUNTERSIGN_TENANTS=x\n')])
    if (answer.kind !== 'wrong') throw new Error('These settings are wrong.')
    const text = answer.lines.map(doctorText).join('\n')
    for (const key of [
      'COUNTERSIGN_ORIGIN is missing',
      'PORT ',
      'COUNTERSIGN_TENANTS must be a GUID',
      'READ_APP_ID is missing',
      'COUNTERSIGN_DATA or DATABASE_URL',
    ])
      expect(text).toContain(key)
    expect(text).not.toContain('very-secret')
    expect(answer.lines.filter(({ mend }) => mend !== null)).toHaveLength(1)
  })

  it('cannot begin with a settings file that is not there', () => {
    expect(readSettings([join(folder, 'nowhere')])).toMatchObject({ kind: 'notDone', sentence: expect.stringContaining('cannot be read') })
  })

  it('tells little disk from enough, and an external database from both', () => {
    const store = { dataDir: join(folder, 'not', 'yet') }
    expect(lookAtDisk(store, () => 1024 ** 3).state).toBe('problem')
    expect(lookAtDisk(store, () => 3 * 1024 ** 3).state).toBe('ok')
    expect(lookAtDisk({ databaseUrl: 'postgres://db/x' }).state).toBe('unknown')
    expect(lookAtDisk(store).detail).toContain(folder)
  })

  it('looks into the file of the certificate authority', () => {
    expect(lookAtCertificateAuthority(null, Date.now()).state).toBe('ok')
    expect(lookAtCertificateAuthority(join(folder, 'no.pem'), Date.now()).detail).toContain('does not exist')
    expect(lookAtCertificateAuthority(fileWith('empty.pem', ''), Date.now()).detail).toContain('no certificate')
    expect(
      lookAtCertificateAuthority(fileWith('junk.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'), Date.now()).state,
    ).toBe('problem')
  })

  it('knows the service by its health page, and another program by its answer', async () => {
    const ask = (body: string): Promise<unknown> =>
      withServer(
        () => ({ status: 200, body }),
        async (address) => lookAtService({ host: '127.0.0.1', port: Number(new URL(address).port) }),
      )
    expect(await ask('{"status":"ok","version":"1.2.3"}')).toMatchObject({
      isRunning: true,
      line: { state: 'ok', detail: expect.stringContaining('1.2.3') },
    })
    expect(await ask('<html>')).toMatchObject({
      isRunning: false,
      line: { state: 'problem', detail: expect.stringContaining('Something else answers') },
    })
    expect(serviceAddressOf({ host: '0.0.0.0', port: 80 })).toBe('http://127.0.0.1:80')
    expect(serviceAddressOf({ host: '::', port: 80 })).toBe('http://[::1]:80')
    expect(await lookAtService({ host: '127.0.0.1', port: 0 })).toMatchObject({ line: { state: 'unknown' } })
  })

  it.each([
    {
      name: 'all is well',
      issuer: 'own',
      offsetSeconds: 0,
      graph: 401,
      wanted: { 'sign-in-service': 'ok', clock: 'ok', graph: 'ok', 'tls-trust': 'ok' },
    },
    {
      name: 'another issuer',
      issuer: 'https://sts.example',
      offsetSeconds: 0,
      graph: 401,
      wanted: { 'sign-in-service': 'problem', clock: 'ok', graph: 'ok' },
    },
    {
      name: 'a clock that is behind',
      issuer: 'own',
      offsetSeconds: 90,
      graph: 401,
      wanted: { 'sign-in-service': 'ok', clock: 'problem', graph: 'ok' },
    },
    { name: 'a clock that is ahead', issuer: 'own', offsetSeconds: -90, graph: 401, wanted: { clock: 'problem' } },
    {
      name: 'no Graph at Graph’s address',
      issuer: 'own',
      offsetSeconds: 0,
      graph: 200,
      wanted: { 'sign-in-service': 'ok', graph: 'problem' },
    },
  ])('from outside: $name', async ({ issuer, offsetSeconds, graph, wanted }) => {
    let own = ''
    const look = await withServer(
      (path) => {
        if (path.startsWith('/v1.0/')) return { status: graph, body: '{}' }
        return {
          status: 200,
          body: JSON.stringify({ issuer: issuer === 'own' ? `${own}/${tenant}/v2.0` : issuer, jwks_uri: own, token_endpoint: own }),
          date: new Date(Date.now() + offsetSeconds * 1000),
        }
      },
      (address) => {
        own = address
        return lookOutside({ authority: address, graph: address, tenants: [tenant] }, Date.now)
      },
    )
    expect(states(look.lines)).toMatchObject(wanted)
    expect(look.canSignIn).toBe(wanted['sign-in-service'] === 'ok' || wanted['sign-in-service'] === undefined)
  })

  it('compares the last read token with what is needed', () => {
    const needed = readScopes().map(({ scope }) => scope)
    const token = {
      plane: 'read',
      personId: 'p',
      scopes: [...needed, 'openid'],
      hasRoles: false,
      issuedAt: '2026-11-22T12:00:00.000Z',
    } as const
    expect(readLine(token).state).toBe('ok')
    expect(readLine({ ...token, scopes: needed.slice(1) })).toMatchObject({
      state: 'problem',
      detail: expect.stringContaining(needed[0] ?? '?'),
    })
    expect(readLine({ ...token, scopes: [...needed, 'User.ReadWrite.All'] })).toMatchObject({
      state: 'problem',
      detail: expect.stringContaining('User.ReadWrite.All'),
    })
    expect(readLine(undefined).state).toBe('unknown')
  })

  it('finds wrong credentials, and permissions that work without a person', () => {
    const subject = { id: 'registration-read', title: 'Countersign Read', key: 'READ' } as const
    expect(credentialLine(subject, { kind: 'accepted', applicationPermissions: [] }).state).toBe('ok')
    expect(credentialLine(subject, { kind: 'accepted', applicationPermissions: ['User.Read.All'] })).toMatchObject({
      state: 'problem',
      detail: expect.stringContaining('User.Read.All'),
    })
    expect(credentialLine(subject, { kind: 'refused', reason: 'The secret is wrong.' })).toMatchObject({
      state: 'problem',
      mend: expect.stringContaining('READ_APP_SECRET'),
    })
    expect(credentialLine(subject, { kind: 'notAsked', because: 'Not reached.' }).state).toBe('unknown')
  })

  it('tells every state of the Aid, and lacking from surplus permissions', () => {
    const enabled = startingActions(actions)
    const { write, proof } = actScopes(enabled)
    const scopes = [...write, ...proof].map(({ scope }) => scope)
    const heldRoles = needsOf(enabled).roles.map(({ name, templateId, actions: allowed }) => ({
      roleDefinitionId: templateId,
      name,
      isBuiltIn: templateId !== 'custom',
      actions: allowed,
      scopes: ['/'],
    }))
    const aid: StoredAid = {
      objectId: 'a',
      userPrincipalName: 'aid@contoso.com',
      state: 'connected',
      detail: null,
      reason: null,
      policy: null,
      roles: [],
      heldRoles,
      registrations: null,
      scopes,
      connectedBy: 'o',
      connectedAt: '',
      checkedAt: '2026-11-22T12:00:00.000Z',
    }
    const linesOf = (changed: Partial<StoredAid> = {}, granted: readonly string[] | undefined = scopes): readonly DoctorLine[] =>
      aidLines('on', { ...aid, ...changed }, enabled, granted)
    expect(states(aidLines('off', undefined, [], undefined))).toEqual({ aid: 'ok' })
    expect(states(aidLines('on', undefined, enabled, undefined))).toEqual({ aid: 'problem', 'act-permissions': 'unknown' })
    expect(states(linesOf())).toEqual({ aid: 'ok', 'aid-roles': 'ok', 'act-permissions': 'ok' })
    expect(linesOf()[1]?.detail).toContain('Held: ')
    expect(linesOf()[1]?.detail).toContain('Entra SOC Identity Responder (the whole tenant)')
    for (const state of ['needsSignIn', 'disabled', 'roleMissing'] as const)
      expect(states(linesOf({ state, detail: 'Why.' }))).toMatchObject({ aid: 'problem' })
    expect(states(linesOf({ scopes: scopes.slice(1) }))).toMatchObject({ 'act-permissions': 'problem' })
    expect(states(linesOf({ scopes: [...scopes, 'Mail.ReadWrite'] }))).toMatchObject({ 'act-permissions': 'problem' })
    expect(states(linesOf({}, [...scopes, 'Mail.ReadWrite']))).toMatchObject({ 'act-permissions': 'problem' })
    expect(states(linesOf({}, scopes.slice(1)))).toMatchObject({ 'act-permissions': 'problem' })
    expect(states(linesOf({ heldRoles: heldRoles.slice(1) }))).toMatchObject({ 'aid-roles': 'problem' })
    expect(linesOf({ heldRoles: [...heldRoles, { ...userAdministrator, scopes: ['/administrativeUnits/x'] }] })[1]).toMatchObject({
      state: 'problem',
      detail: expect.stringContaining('User Administrator (/administrativeUnits/x)'),
    })
  })
})

const userAdministrator = {
  roleDefinitionId: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  name: 'User Administrator',
  isBuiltIn: true,
  actions: ['microsoft.directory/users/create'],
}
