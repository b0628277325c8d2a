import { beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { meSchema } from '../../../../core/api/me.ts'
import { makePerson, type Page } from '../../../../tools/stack/person.ts'
import { tenantNamed } from '../../service.ts'
import { by, stack } from '../../shared-stack.ts'

let domain: string
let people: readonly { readonly id: string; readonly userPrincipalName: string }[]

function idOf(name: string): string {
  const person = people.find(({ userPrincipalName }) => userPrincipalName === `${name}@${domain}`)
  if (!person) throw new Error(`There is no ${name} in the emulator's tenant.`)
  return person.id
}

async function giveRoles(name: string, directoryRoles: readonly string[]): Promise<void> {
  await stack().emulator.control('PUT', '/tenants/contoso-demo/users', {
    userPrincipalName: `${name}@${domain}`,
    displayName: 'Service desk aid',
    directoryRoles,
  })
}

/** Connects as an admin who names one object id while a person of the given name signs in. */
async function connect(named: string, signsIn: string): Promise<{ readonly url: string; readonly page: Page }> {
  const begun = await by('ada').post('/api/aid/connect', { objectId: idOf(named) })
  expect(begun.status).toBe(200)
  const { signInUrl } = z.object({ signInUrl: z.string() }).parse(begun.body)
  return { url: signInUrl, page: await makePerson(`${signsIn}@${domain}`).open(signInUrl) }
}

async function aid(): Promise<z.infer<typeof meSchema>['aid']> {
  return meSchema.parse((await by('ada').get('/api/me')).body).aid
}

describe('connecting the Aid', () => {
  beforeAll(async () => {
    const { emulator } = stack()
    domain = tenantNamed(emulator, 'contoso-demo').domain
    people = z
      .object({ people: z.array(z.object({ id: z.string(), userPrincipalName: z.string() })) })
      .parse(await emulator.control('GET', '/tenants/contoso-demo/people')).people
  })

  it('refuses the admin’s own account before any sign-in', async () => {
    const answer = await by('ada').post('/api/aid/connect', { objectId: idOf('ada') })
    expect(answer.status).toBe(409)
    expect(JSON.stringify(answer.body)).toContain('your own account')
  })

  it('refuses another account than the one named', async () => {
    const { page } = await connect('aid', 'bo')
    expect(page.status).toBe(403)
    expect(page.text).toContain('is not the one whose object id was named')
    expect(await aid()).toMatchObject({ state: 'notConnected' })
  })

  it('refuses an account with roles beyond what the actions need, and names them', async () => {
    await giveRoles('aid', ['Entra SOC Identity Responder', 'User Administrator'])
    const { page } = await connect('aid', 'aid')
    expect(page.status).toBe(403)
    expect(page.text).toContain('User Administrator')
    expect(page.text).not.toContain('Entra SOC')
    expect(await aid()).toMatchObject({ state: 'notConnected' })
  })

  it('refuses an answer that was not begun here', async () => {
    const forged = await fetch(`${stack().service.origin}/auth/aid/callback?code=x&state=AAAA`)
    expect(forged.status).toBe(403)
    expect(await forged.text()).toContain('was not begun here')
  })

  it('connects the account named, asks for a new sign-in as it, and says which role it still lacks', async () => {
    await giveRoles('aid', ['Entra SOC Identity Responder', 'Reports Reader'])
    const { url, page } = await connect('aid', 'aid')
    const asked = new URL(url).searchParams
    expect(asked.get('prompt')).toBe('login')
    expect(asked.get('login_hint')).toBe(`aid@${domain}`)
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(page.text).toContain('The Aid is connected')
    expect(await aid()).toMatchObject({
      state: 'roleMissing',
      userPrincipalName: `aid@${domain}`,
      detail: expect.stringContaining('Countersign application credentials'),
    })
  })

  it('forgets it on disconnecting', async () => {
    expect((await by('ada').post('/api/aid/disconnect')).body).toEqual({ disconnected: true })
    expect(await aid()).toMatchObject({ state: 'notConnected' })
    expect((await by('ada').post('/api/aid/disconnect')).body).toEqual({ disconnected: false })
  })
})
