import type { PlainResponse } from '../server/http.ts'
import type { Tenant } from '../tenants/world.ts'
import { activeRoles } from '../tenants/roles.ts'
import { text } from '../tenants/world.ts'
import type { Person } from './directory.ts'
import { html, page } from './page-layout.ts'
import type { Html } from './page-layout.ts'
import type { Refusal } from './refusals.ts'

/** One permission as a consent page shows it. */
export interface ShownPermission {
  readonly resource: string
  readonly value: string
  readonly label: string
  readonly kind: 'delegated' | 'application'
}

/** What every form of the sign-in pages carries: the request it continues and the proof that this page asked. */
export interface FormContext {
  /** Path segment of the tenant, or common or organizations. */
  readonly segment: string
  readonly ctx: string
}

const FILTER_SCRIPT = `
const search = document.getElementById('search'), status = document.getElementById('matches');
document.getElementById('search-field').hidden = false;
search.addEventListener('input', () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const person of document.querySelectorAll('.person')) {
    person.hidden = !words.every((word) => person.textContent.toLowerCase().includes(word));
    if (!person.hidden) shown += 1;
  }
  status.textContent = shown + (shown === 1 ? ' person' : ' people');
});
search.addEventListener('keydown', (event) => {
  const first = document.querySelector('.person:not([hidden]) input');
  if (!first || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return;
  event.preventDefault();
  if (event.key === 'Enter' && search.value !== '') { first.checked = true; first.form.requestSubmit(); } else first.focus();
});
const chosen = document.querySelector('.person input:checked');
(chosen || search).focus();
if (chosen) chosen.closest('.person').scrollIntoView({ block: 'nearest' });
`

/** The list of a tenant's enabled people: one radio button each, so that the arrow keys move and Enter signs in. */
export function pickerPage(
  form: FormContext,
  options: {
    tenant: Tenant
    people: readonly Person[]
    appName: string
    permissions: readonly ShownPermission[]
    preselected: string | undefined
    problem?: Refusal
    cookies: readonly string[]
  },
): PlainResponse {
  const { tenant, people, preselected } = options
  const rows = people.map((person) => {
    const checked = person.userPrincipalName.toLowerCase() === preselected ? { html: ' checked' } : { html: '' }
    const roles = activeRoles(tenant, person.id).map((role) => text(role, 'displayName') ?? role.id)
    const detail = [person.userPrincipalName, ...roles].join(' · ')
    return html`<label class="person"><input type="radio" name="login" value="${person.userPrincipalName}" required${checked}><span>${person.displayName}<small>${detail}</small></span></label>
`
  })
  const content = html`<h1>Sign in to ${options.appName}</h1>
<p class="soft">${tenant.displayName} · local emulator, no password is asked</p>
${problemBox(options.problem)}
${permissionList('The application asks for', options.permissions)}
<div id="search-field" hidden><label class="field" for="search">Find a person</label><input id="search" type="search" autocomplete="off" aria-describedby="matches"></div>
<p id="matches" class="soft" role="status">${people.length} people</p>
<form method="post" action="/${form.segment}/login">
${hiddenFields(form)}
<fieldset><legend>Pick an account</legend>
<div class="people">
${rows}</div></fieldset>
<div class="actions"><button class="primary" type="submit">Sign in</button></div>
</form>`
  return page(options.problem ? 400 : 200, `Sign in to ${options.appName}`, content, { script: FILTER_SCRIPT, cookies: options.cookies })
}

/** Asks for the user principal name where the path names no tenant. */
export function namePage(form: FormContext, options: { appName: string; problem?: Refusal; cookies: readonly string[] }): PlainResponse {
  const content = html`<h1>Sign in to ${options.appName}</h1>
<p class="soft">Local emulator, no password is asked</p>
${problemBox(options.problem)}
<form method="post" action="/${form.segment}/login">
${hiddenFields(form)}
<label class="field" for="login">User principal name</label>
<input id="login" name="login" type="text" autocomplete="username" placeholder="someone@example.com" required autofocus>
<div class="actions"><button class="primary" type="submit">Sign in</button></div>
</form>`
  return page(options.problem ? 400 : 200, `Sign in to ${options.appName}`, content, { cookies: options.cookies })
}

/** The second step: stands in for the notification of an authenticator app. */
export function multiFactorPage(form: FormContext, person: Person, cookies: readonly string[]): PlainResponse {
  const content = html`<h1>Approve the sign-in request</h1>
<p>${person.displayName} <span class="soft">${person.userPrincipalName}</span></p>
<p>This stands in for the notification of an authenticator app.</p>
<form method="post" action="/${form.segment}/mfa">
${hiddenFields(form)}
<div class="actions"><button type="submit" name="decision" value="deny">Deny</button><button class="primary" type="submit" name="decision" value="approve" autofocus>Approve</button></div>
</form>`
  return page(200, 'Approve the sign-in request', content, { cookies })
}

/** Asks the person, or an administrator for everybody, to accept permissions. */
export function consentPage(
  form: FormContext,
  options: {
    person: Person
    appName: string
    permissions: readonly ShownPermission[]
    scope: 'self' | 'organisation' | 'either'
    tenant: Tenant
    cookies: readonly string[]
  },
): PlainResponse {
  const { scope, tenant } = options
  const forEverybody =
    scope === 'either'
      ? html`<p><label><input type="checkbox" name="organisation" value="on"> Consent on behalf of ${tenant.displayName}</label></p>`
      : html`<p class="soft">${scope === 'organisation' ? `If you accept, this application gets the permissions for all users of ${tenant.displayName}.` : 'If you accept, this application gets the permissions for you alone.'}</p>`
  const content = html`<h1>Permissions requested</h1>
<p><strong>${options.appName}</strong></p>
<p class="soft">Signed in as ${options.person.displayName} (${options.person.userPrincipalName})</p>
${permissionList('This application would like to use', options.permissions)}
<form method="post" action="/${form.segment}/consent">
${hiddenFields(form)}
${forEverybody}
<div class="actions"><button type="submit" name="decision" value="cancel">Cancel</button><button class="primary" type="submit" name="decision" value="accept">Accept</button></div>
</form>`
  return page(200, 'Permissions requested', content, { cookies: options.cookies })
}

/** Tells a person that only an administrator can go on, with a way back that grants nothing. */
export function needAdministratorPage(
  form: FormContext,
  options: { person: Person; appName: string; permissions: readonly ShownPermission[]; refusal: Refusal; cookies: readonly string[] },
): PlainResponse {
  const content = html`<h1>Need admin approval</h1>
<p>${options.person.displayName} <span class="soft">${options.person.userPrincipalName}</span> cannot grant what ${options.appName} asks for.</p>
${permissionList('Permissions that need an administrator', options.permissions)}
${problemBox(options.refusal)}
<form method="post" action="/${form.segment}/consent">
${hiddenFields(form)}
<div class="actions"><button class="primary" type="submit" name="decision" value="cancel" autofocus>Return without granting</button></div>
</form>`
  return page(403, 'Need admin approval', content, { cookies: options.cookies })
}

/** An error that must not, or cannot, be sent to the application. */
export function problemPage(refusal: Refusal): PlainResponse {
  return page(refusal.status, 'Sign-in problem', html`<h1>Sorry, we cannot sign you in</h1>${problemBox(refusal)}`)
}

export function signedOutPage(cookies: readonly string[]): PlainResponse {
  return page(200, 'Signed out', html`<h1>You are signed out</h1><p>You can close this window.</p>`, { cookies })
}

/** Sends the answer to the application as a form, for `response_mode=form_post`. */
export function formPostPage(action: string, fields: Readonly<Record<string, string>>, cookies: readonly string[]): PlainResponse {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
  )
  const content = html`<h1>Working…</h1><form method="post" action="${action}">${inputs}<div class="actions"><button class="primary" type="submit">Continue</button></div></form>`
  return page(200, 'Working…', content, { script: 'document.forms[0].submit()', cookies })
}

function hiddenFields(form: FormContext): Html {
  return html`<input type="hidden" name="ctx" value="${form.ctx}">`
}

function problemBox(refusal: Refusal | undefined): Html {
  if (!refusal) return { html: '' }
  return html`<div class="problem" role="alert"><strong>AADSTS${refusal.code}</strong><p>${refusal.message}</p></div>`
}

function permissionList(heading: string, permissions: readonly ShownPermission[]): Html {
  if (permissions.length === 0) return { html: '' }
  const items = permissions.map(
    (
      permission,
    ) => html`<li>${permission.label} <span class="soft"><code>${permission.value}</code>, ${permission.resource}${permission.kind === 'application' ? ', as the application itself' : ''}</span></li>
`,
  )
  return html`<details${permissions.length <= 8 ? { html: ' open' } : ''}><summary>${heading} (${permissions.length})</summary><ul>
${items}</ul></details>`
}
