import * as React from 'react'
import { createDOMRenderer, RendererProvider } from '@fluentui/react-components'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './base.css'
import { findHost } from './host/host.ts'

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no element with the id root.')

// The service puts one nonce a response into the page and into its Content-Security-Policy; without it Fluent may write no style.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } })

if (window.location.pathname === '/consent' || window.location.pathname === '/consent-done') {
  const { runConsentWindow } = await import('./host/consent-window.ts')
  await runConsentWindow(window.location.pathname, element)
} else if (window.location.pathname === '/signed-in') {
  const { tellSignedIn } = await import('./host/session-channel.ts')
  tellSignedIn()
  element.textContent = 'You are signed in. This window can be closed.'
  window.close()
} else if (window.location.pathname === '/configure') {
  const { ConfigurePage, configurationContext } = await import('./host/configure.tsx')
  const context = await configurationContext()
  if (context) {
    createRoot(element).render(
      <RendererProvider renderer={renderer} targetDocument={document}>
        <ConfigurePage {...context} />
      </RendererProvider>,
    )
  } else element.textContent = 'This page sets up a tab of Countersign in a team or a group chat. Open it from there.'
} else {
  const host = await findHost()
  createRoot(element).render(
    <React.StrictMode>
      <RendererProvider renderer={renderer} targetDocument={document}>
        <App host={host} />
      </RendererProvider>
    </React.StrictMode>,
  )
}
