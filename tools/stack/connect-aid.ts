import { z } from 'zod'
import { makePerson, type Person } from './person.ts'
import type { Emulator } from './emulator.ts'

/** Signs a person in to the service in a plain browser; the session's cookies stay with the person. */
export async function signIn(origin: string, userPrincipalName: string): Promise<Person> {
  const person = makePerson(userPrincipalName)
  const page = await person.open(`${origin}/auth/sign-in`)
  if (page.status >= 400) throw new Error(`${userPrincipalName} could not sign in (${page.status}): ${words(page.text)}`)
  return person
}

/** One call of the service as a signed-in person; throws with the service's own words. */
export async function callService(person: Person, origin: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const csrf =
    method === 'GET' ? null : z.object({ csrfToken: z.string() }).parse(await callService(person, origin, 'GET', '/api/me')).csrfToken
  const response = await person.fetch(`${origin}${path}`, {
    method,
    headers: { ...(csrf === null ? {} : { 'x-csrf-token': csrf }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  return JSON.parse(text) as unknown
}

/** Connects the Aid the way an owner does: name its object id, sign in as the Aid in a window of its own. */
export async function connectAid(emulator: Emulator, origin: string, tenantName: string, ownerName = 'ada'): Promise<void> {
  const domain = emulator.ready.tenants[tenantName]?.domain ?? ''
  const { people } = z
    .object({ people: z.array(z.object({ id: z.string(), userPrincipalName: z.string().nullable() })) })
    .parse(await emulator.control('GET', `/tenants/${tenantName}/people`))
  const aid = people.find(({ userPrincipalName }) => userPrincipalName === `aid@${domain}`)
  if (!aid) throw new Error(`There is no account aid@${domain}.`)
  const owner = await signIn(origin, `${ownerName}@${domain}`)
  const { signInUrl } = z
    .object({ signInUrl: z.string() })
    .parse(await callService(owner, origin, 'POST', '/api/aid/connect', { objectId: aid.id }))
  const page = await makePerson(`aid@${domain}`).open(signInUrl)
  if (page.status >= 400) throw new Error(`The Aid could not be connected (${page.status}): ${words(page.text)}`)
}

/** What a page says, without its markup. */
function words(html: string): string {
  return html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 600)
}
