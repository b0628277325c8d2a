import { randomBytes } from 'node:crypto'
import type { PlainResponse } from '../server/http.ts'

/** HTML that is already safe to put into a page. */
export interface Html {
  readonly html: string
}

/** Builds HTML from a template; every value that is not Html itself is escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[])[]): Html {
  let text = strings[0] ?? ''
  for (const [index, value] of values.entries()) text += fragment(value) + (strings[index + 1] ?? '')
  return { html: text }
}

function fragment(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'object') return 'html' in value ? value.html : value.map((part) => part.html).join('')
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const STYLE = `
:root { color-scheme: light dark; --page: #f3f2f1; --card: #fff; --text: #201f1e; --soft: #5c5a58; --line: #8a8886; --accent: #0f5ea8; --on-accent: #fff; --bad: #a4262c }
@media (prefers-color-scheme: dark) { :root { --page: #1b1a19; --card: #292827; --text: #f3f2f1; --soft: #c8c6c4; --line: #8a8886; --accent: #6cb8f6; --on-accent: #10100f; --bad: #f1a3a6 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 "Segoe UI", system-ui, sans-serif }
main { width: min(30rem, 100%); background: var(--card); padding: 2rem 1.75rem; border-radius: .25rem; box-shadow: 0 2px 8px rgb(0 0 0 / .25) }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere }
p, ul { margin: .5rem 0 } ul { padding-left: 1.25rem }
fieldset { border: 0; margin: 1rem 0 0; padding: 0 } legend, label.field { font-weight: 600; padding: 0 }
input[type=search], input[type=text] { width: 100%; min-height: 2.75rem; font: inherit; padding: .5rem; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .125rem }
.people { max-height: 20rem; overflow-y: auto; border: 1px solid var(--line); border-radius: .125rem; margin-top: .5rem }
.person { display: flex; gap: .75rem; align-items: center; padding: .5rem .75rem; min-height: 2.75rem; cursor: pointer; overflow-wrap: anywhere }
.person:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px }
.person[hidden] { display: none } .person small, .soft { color: var(--soft) } .person small { display: block }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; justify-content: flex-end; margin-top: 1.25rem }
button { font: inherit; min-height: 2.75rem; min-width: 6.5rem; padding: .25rem 1rem; border: 1px solid var(--line); border-radius: .125rem; background: transparent; color: inherit; cursor: pointer }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
.problem { border-left: .25rem solid var(--bad); padding: .25rem .75rem; margin: 1rem 0 } .problem strong { color: var(--bad) }
code { overflow-wrap: anywhere }
`

/** A whole page; the script, if any, is the page's only one. */
export function page(
  status: number,
  title: string,
  content: Html,
  options: { readonly script?: string; readonly cookies?: readonly string[] } = {},
): PlainResponse {
  const nonce = randomBytes(16).toString('base64')
  const script = options.script === undefined ? { html: '' } : { html: `<script nonce="${nonce}">${options.script}</script>` }
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${{ html: STYLE }}</style>
</head>
<body>
<main>
${content}
</main>
${script}
</body>
</html>
`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      // No form-action: it would also forbid the redirect that answers a form, which goes to the application.
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
      ...(options.cookies && options.cookies.length > 0 ? { 'set-cookie': options.cookies } : {}),
    },
    body: document.html,
  }
}
