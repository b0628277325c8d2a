import * as React from 'react'
import { FluentProvider, makeStyles } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { BrowserRouter, Navigate, Route, Routes, useNavigate } from 'react-router-dom'
import { ReaderProvider, type Scheme } from '@countersign/ui/reader.tsx'
import { Surface } from '@countersign/ui/surface.tsx'
import { ClientProvider, useClient, useLiveEvents, useMe } from './client/client.tsx'
import { problemOf } from './client/problem.ts'
import type { Host } from './host/host.ts'
import { themes } from './host/theme.ts'
import { Header } from './layout/header.tsx'
import { LoadingPage } from './layout/states.tsx'
import { OverviewPage } from './pages/overview.tsx'

const FindingsPage = React.lazy(async () => ({ default: (await import('./pages/findings.tsx')).FindingsPage }))
const FindingPage = React.lazy(async () => ({ default: (await import('./pages/finding.tsx')).FindingPage }))
const ActionsPage = React.lazy(async () => ({ default: (await import('./pages/actions.tsx')).ActionsPage }))
const ChangesPage = React.lazy(async () => ({ default: (await import('./pages/changes.tsx')).ChangesPage }))
const ReceiptsPage = React.lazy(async () => ({ default: (await import('./pages/receipts.tsx')).ReceiptsPage }))
const ReceiptPage = React.lazy(async () => ({ default: (await import('./pages/receipt.tsx')).ReceiptPage }))
const TrustPage = React.lazy(async () => ({ default: (await import('./pages/trust.tsx')).TrustPage }))
const SettingsPage = React.lazy(async () => ({ default: (await import('./pages/settings.tsx')).SettingsPage }))
const SignInPage = React.lazy(async () => ({ default: (await import('./pages/sign-in.tsx')).SignInPage }))

const useStyles = makeStyles({ ground: { minHeight: '100vh' } })

/** The tab: the reader's theme and language, the service, and the pages. */
export function App({ host }: { readonly host: Host }): React.ReactElement {
  const styles = useStyles()
  const [scheme, setScheme] = React.useState<Scheme>('light')
  React.useEffect(() => host.followScheme(setScheme), [host])
  const reader = React.useMemo(() => ({ scheme, locale: host.locale }), [scheme, host])
  return (
    <FluentProvider theme={themes[scheme]}>
      <ReaderProvider value={reader}>
        <Surface className={styles.ground}>
          <ClientProvider host={host}>
            <BrowserRouter>
              <SignedIn />
            </BrowserRouter>
          </ClientProvider>
        </Surface>
      </ReaderProvider>
    </FluentProvider>
  )
}

/** Pages for somebody who is signed in; else the way to become so. */
function SignedIn(): React.ReactElement {
  const me = useMe()
  const status = me.error ? problemOf(me.error).status : 200
  if (me.data === undefined && status === 401) {
    return (
      <React.Suspense fallback={null}>
        <SignInPage error={me.error} onSignedIn={() => void me.refetch()} />
      </React.Suspense>
    )
  }
  if (me.data === undefined && !me.error) return <LoadingPage title="Countersign" />
  return <Pages />
}

function Pages(): React.ReactElement {
  useLiveEvents(useQueryClient())
  useStartPath()
  return (
    <>
      <Header />
      <React.Suspense fallback={<LoadingPage title="Countersign" />}>
        <Routes>
          <Route path="/overview" element={<OverviewPage />} />
          <Route path="/findings" element={<FindingsPage />} />
          <Route path="/findings/:checkId" element={<FindingPage />} />
          <Route path="/actions/*" element={<ActionsPage />} />
          <Route path="/changes" element={<ChangesPage />} />
          <Route path="/receipts" element={<ReceiptsPage />} />
          <Route path="/receipts/:proposalId" element={<ReceiptPage />} />
          <Route path="/trust" element={<TrustPage />} />
          <Route path="/settings/*" element={<SettingsPage />} />
          <Route path="*" element={<Navigate to="/overview" replace />} />
        </Routes>
      </React.Suspense>
    </>
  )
}

/** A deep link of the host names its page once, at the start. */
function useStartPath(): void {
  const { host } = useClient()
  const navigate = useNavigate()
  React.useEffect(() => {
    if (host.startPath !== undefined) navigate(host.startPath, { replace: true })
  }, [host, navigate])
}
