/** A person at a plain browser, without the browser: follows redirects, keeps cookies, fills in the sign-in page's forms. */
export interface Person {
  /** Opens an address and goes on, signing in wherever a sign-in page comes, until a page of another kind is reached. */
  readonly open: (url: string) => Promise<Page>
  /** A call with this person's cookies; no redirects are followed. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>
}
export interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
}

const stepsAtMost = 20

export function makePerson(userPrincipalName: string): Person {
  const jar = new Map<string, Map<string, string>>()

  async function call(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url)
    const cookies = [...(jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = new Headers(init.headers)
    if (cookies !== '') headers.set('cookie', cookies)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(pair.indexOf('=') + 1)
      const own = jar.get(origin) ?? new Map<string, string>()
      if (value === '') own.delete(name)
      else own.set(name, value)
      jar.set(origin, own)
    }
    return response
  }

  async function open(start: string): Promise<Page> {
    let url = start
    let init: RequestInit = {}
    for (let step = 0; step < stepsAtMost; step++) {
      const response = await call(url, init)
      const text = await response.text()
      const location = response.headers.get('location')
      if (location !== null) {
        url = new URL(location, url).toString()
        init = {}
        continue
      }
      const form = nextForm(url, text, userPrincipalName)
      if (!form) return { url, status: response.status, text }
      url = form.action
      init = { method: 'POST', body: form.body }
    }
    throw new Error(`The sign-in of ${userPrincipalName} did not end after ${stepsAtMost} steps; the last address was ${url}.`)
  }
  return { open, fetch: call }
}

/** The form of a sign-in page, filled in: pick the account, approve, accept. */
function nextForm(url: string, text: string, login: string): { readonly action: string; readonly body: URLSearchParams } | undefined {
  const form = /<form method="post" action="([^"]+)"/.exec(text)
  const context = /name="ctx" value="([^"]+)"/.exec(text)
  if (!form?.[1] || !context?.[1] || /role="alert"/.test(text)) return undefined
  const body = new URLSearchParams({ ctx: unescapeHtml(context[1]) })
  if (/name="login"/.test(text)) body.set('login', login)
  else body.set('decision', /value="approve"/.test(text) ? 'approve' : 'accept')
  return { action: new URL(unescapeHtml(form[1]), url).toString(), body }
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>')
}
