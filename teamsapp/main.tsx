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
