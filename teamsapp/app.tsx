import * as React from 'react'
import { FluentProvider, makeStyles } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router-dom'
import type { Me } from '@countersign/core/api/me.ts'
import { ReaderProvider, type Scheme } from '@countersign/ui/reader.tsx'
import { Surface } from '@countersign/ui/surface.tsx'
import { ClientProvider, useLiveEvents, useMe, useStanding } from './client/client.tsx'
import { useLeaveGuard } from './client/draft.ts'
import { problemOf } from './client/problem.ts'
import { useSignInAgain, useToldHost } from './client/session.ts'
import type { Host } from './host/host.ts'
import { themes } from './host/theme.ts'
import { Boundary } from './layout/boundary.tsx'
import { Header } from './layout/header.tsx'
import { Page } from './layout/page.tsx'
import { useHostPlace, useScrollPlace } from './layout/place.tsx'
import { LoadingPage, TroubleBar } from './layout/states.tsx'
import { OverviewPage } from './pages/overview.tsx'

const FindingsPage = React.lazy(async () => ({ default: (await import('./pages/findings.tsx')).FindingsPage }))
const FindingPage = React.lazy(async () => ({ default: (await import('./pages/finding.tsx')).FindingPage }))
const ApplicationsPage = React.lazy(async () => ({ default: (await import('./pages/applications.tsx')).ApplicationsPage }))
const ApplicationPage = React.lazy(async () => ({ default: (await import('./pages/application.tsx')).ApplicationPage }))
const PeoplePage = React.lazy(async () => ({ default: (await import('./pages/people.tsx')).PeoplePage }))
const PersonPage = React.lazy(async () => ({ default: (await import('./pages/person.tsx')).PersonPage }))
const ActionsPage = React.lazy(async () => ({ default: (await import('./pages/actions.tsx')).ActionsPage }))
const ChangesPage = React.lazy(async () => ({ default: (await import('./pages/changes.tsx')).ChangesPage }))
const ReceiptsPage = React.lazy(async () => ({ default: (await import('./pages/receipts.tsx')).ReceiptsPage }))
const ReceiptPage = React.lazy(async () => ({ default: (await import('./pages/receipt.tsx')).ReceiptPage }))
const TrustPage = React.lazy(async () => ({ default: (await import('./pages/trust.tsx')).TrustPage }))
const SettingsPage = React.lazy(async () => ({ default: (await import('./pages/settings.tsx')).SettingsPage }))
const NoRolePage = React.lazy(async () => ({ default: (await import('./pages/no-role.tsx')).NoRolePage }))
const SessionDialog = React.lazy(async () => ({ default: (await import('./layout/session-dialog.tsx')).SessionDialog }))
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

/** Pages for somebody who is signed in; else the way to become so. Who has been signed in keeps the page while signing in again. */
function SignedIn(): React.ReactElement {
  const me = useMe()
  const again = useSignInAgain()
  useToldHost(me)
  const { signInProblem } = useStanding()
  if (me.data === undefined) {
    if (!me.error) return <LoadingPage title="Countersign" />
    return problemOf(me.error).status === 401 ? (
      <React.Suspense fallback={null}>
        <SignInPage error={me.error} onSignedIn={again} />
      </React.Suspense>
    ) : (
      <Page title="Countersign">
        <TroubleBar error={me.error} onRetry={() => void me.refetch()} />
      </Page>
    )
  }
  return (
    <>
      <React.Suspense fallback={<LoadingPage title="Countersign" />}>
        {me.data.roles.length === 0 ? <NoRolePage me={me.data} onLook={() => void me.refetch()} /> : <Pages me={me.data} />}
      </React.Suspense>
      <React.Suspense fallback={null}>{signInProblem && <SessionDialog problem={signInProblem} onSignedIn={again} />}</React.Suspense>
    </>
  )
}

function Pages({ me }: { readonly me: Me }): React.ReactElement {
  useLiveEvents(useQueryClient(), me.eventCursor ?? 0)
  useHostPlace()
  useScrollPlace()
  useLeaveGuard()
  const { pathname } = useLocation()
  return (
    <>
      <Header />
      <Boundary place={pathname}>
        <React.Suspense fallback={<LoadingPage title="Countersign" />}>
          <Routes>
            <Route path="/overview" element={<OverviewPage />} />
            <Route path="/findings" element={<FindingsPage />} />
            <Route path="/findings/:checkId" element={<FindingPage />} />
            <Route path="/applications" element={<ApplicationsPage />} />
            <Route path="/applications/:applicationId" element={<ApplicationPage />} />
            <Route path="/people" element={<PeoplePage />} />
            <Route path="/people/:personId" element={<PersonPage />} />
            <Route path="/actions/*" element={<ActionsPage />} />
            <Route path="/changes" element={<ChangesPage />} />
            <Route path="/receipts" element={<ReceiptsPage />} />
            <Route path="/receipts/:proposalId" element={<ReceiptPage />} />
            <Route path="/trust" element={<TrustPage />} />
            <Route path="/settings/*" element={<SettingsPage />} />
            <Route path="*" element={<Navigate to="/overview" replace />} />
          </Routes>
        </React.Suspense>
      </Boundary>
    </>
  )
}
