import { actionList } from './sample-actions.ts'
import { changes, scanLines, trend, runningScan } from './sample-history.ts'
import { clean, firstRun, overview, proposalIds } from './sample-posture.ts'
import { finding } from './sample-findings.ts'
import { me, proposal, trust } from './sample-records.ts'
import { common, failing, forbidden, loading, shown, strongestWithout, without, type MatrixPage } from './matrix/cell.ts'
import { baselinesPages } from './matrix/baselines.ts'
import { alertsPages } from './matrix/alerts.ts'
import { objectPages } from './matrix/objects.ts'
import { settingsPages } from './matrix/settings.ts'

const oneObject = 'A single object has an address only once it was found.'
const noClaims = { proven: 0, partly: 0, stale: 0, unknown: 0, failing: 0, stated: 0 }
const nothingYet = { scanLines: [], trend: { ...trend, points: [] } }

/** Every page of the tab in every state: what each looks like is in the pictures, what each must keep to is in the tests. */
export const matrix: readonly MatrixPage[] = [
  {
    name: 'overview',
    path: '/overview',
    cells: {
      ...common('get-overview'),
      firstRun: shown('Start the first scan', { overview: firstRun }),
      empty: shown('218 checks were read, and none found anything to mend.', { overview: clean }),
      partial: shown('6 checks could not be read.'),
      full: shown('Scanning: 131 of 218', { overview: { ...overview, runningScan: runningScan(131) } }),
    },
  },
  {
    name: 'findings',
    path: '/findings',
    cells: {
      ...common('list-findings'),
      firstRun: shown('Nothing has been read yet.', { overview: firstRun, findings: { findings: [] } }),
      empty: shown('No finding fits', {}, '/findings?search=nothing-is-called-so'),
      partial: shown('A guest owns an app that can grant itself any role', {}, '/findings?severity=critical'),
      full: shown('A guest owns an app that can grant itself any role'),
    },
  },
  {
    name: 'finding',
    path: '/findings/guest-owns-privileged-app',
    cells: {
      ...common('get-finding'),
      firstRun: without(oneObject),
      empty: shown('Affected', { finding: { ...finding, state: 'closed', verdict: 'pass', affected: [], open: 0 } }),
      partial: shown('7 further objects are counted and not listed.', { finding: { ...finding, unlisted: 7 } }),
      full: shown('Waiting for you in the chat', {}, `/findings/guest-owns-privileged-app?proposal=${proposalIds.open}`),
    },
  },
  {
    name: 'changes',
    path: '/changes',
    cells: {
      ...common('get-changes'),
      firstRun: shown('Changes', {
        ...nothingYet,
        changes: { ...changes, before: null, after: null, areas: [], checks: [], sentence: 'No scan has finished yet.' },
      }),
      empty: shown('Nothing changed.', {
        changes: {
          ...changes,
          sentence: 'Nothing changed.',
          checks: [],
          counts: { new: 0, returned: 0, worse: 0, better: 0, fixed: 0, notComparable: 0 },
        },
      }),
      partial: shown(/There is one scan so far/, {
        scanLines: scanLines.slice(0, 1),
        changes: {
          ...changes,
          before: null,
          areas: [],
          checks: [],
          sentence: 'There is one scan so far; the next one is compared with it.',
        },
      }),
      full: shown('1 new, 1 fixed, 1 worse; 1 check cannot be compared.'),
    },
  },
  {
    name: 'actions',
    path: '/actions',
    cells: {
      ...common('list-actions'),
      firstRun: shown('nothing waits', {
        proposals: [],
        actions: { ...actionList, actions: actionList.actions.map((one) => ({ ...one, enabled: false })) },
      }),
      empty: shown('No action fits the search and what was chosen.', {}, '/actions?search=nothing-is-called-so'),
      partial: shown('Nothing can be carried out now.', {
        me: { ...me, aid: { state: 'needsSignIn', userPrincipalName: null, detail: 'The Aid has to sign in again.' } },
      }),
      full: shown('Catalogue'),
    },
  },
  {
    name: 'actions-waiting',
    path: '/actions/waiting',
    cells: {
      loading: loading('list-actions'),
      error: failing('list-proposals'),
      forbidden: forbidden('list-proposals'),
      firstRun: shown('Nothing waits', { proposals: [], overview: firstRun }),
      empty: shown('Nothing waits', { proposals: [] }),
      partial: shown('Settling it needs the role Owner or Administrator.', { me: strongestWithout('propose') }),
      full: shown('Look and decide'),
    },
  },
  {
    name: 'actions-history',
    path: '/actions/history',
    cells: {
      loading: loading('list-actions'),
      error: failing('list-proposals'),
      forbidden: forbidden('list-proposals'),
      firstRun: shown('Nothing has been proposed yet.', { proposals: [], overview: firstRun }),
      empty: shown('No change fits the search and what was chosen.', {}, '/actions/history?search=nothing-is-called-so'),
      partial: without('What was proposed is in the service’s own store: it is there whole or, with an error, not at all.'),
      full: shown('End all sessions of Jonas Berg'),
    },
  },
  {
    name: 'action',
    path: '/actions/catalogue/enforce-policy',
    cells: {
      ...common('list-actions'),
      firstRun: without('The catalogue comes with the product: an action looks the same before the first scan.'),
      empty: shown('The catalogue has no action of this name', {}, '/actions/catalogue/no-such-action'),
      partial: shown('It cannot be carried out yet.'),
      full: shown('What it is for', {}, '/actions/catalogue/delete-guest'),
    },
  },
  {
    name: 'receipts',
    path: '/receipts',
    cells: {
      ...common('list-receipts'),
      firstRun: shown('No receipts yet', { receipts: { receipts: [] }, overview: firstRun }),
      empty: shown('No receipts yet', { receipts: { receipts: [] } }),
      partial: without('Each row says by itself whether its audit row was found; the list is there whole or, with an error, not at all.'),
      full: shown('Countersigned changes'),
    },
  },
  {
    name: 'receipt',
    path: `/receipts/${proposalIds.done}`,
    cells: {
      ...common('get-receipt'),
      firstRun: without(oneObject),
      empty: shown('a seal is broken', {}, `/receipts/${proposalIds.old}`),
      partial: shown(/Not there yet/, {}, `/receipts/${proposalIds.waiting}`),
      full: shown('Chain of custody', { proposal }),
    },
  },
  {
    name: 'trust',
    path: '/trust',
    cells: {
      ...common('get-trust'),
      firstRun: shown('Trust Center', { trust: { ...trust, counts: noClaims, claims: [] }, overview: firstRun }),
      empty: without('Claims come with the product: there is no Trust Center without any, only one in which none was observed yet.'),
      partial: shown('Not shown yet', {
        trust: {
          ...trust,
          counts: { ...noClaims, unknown: trust.claims.length },
          claims: trust.claims.map((one) => ({
            ...one,
            standing: 'unknown',
            evidenceNow: '',
            observedAt: null,
            observation: null,
            digest: null,
          })),
        },
      }),
      full: shown('Nothing changes without a person’s signature'),
    },
  },
  {
    name: 'sign-in',
    path: '/overview',
    cells: {
      loading: loading('get-me'),
      firstRun: without('Before the sign-in nothing is known of the tenant.'),
      empty: without('Before the sign-in nothing is known of the tenant.'),
      partial: without('Before the sign-in nothing is known of the tenant.'),
      error: failing('get-me'),
      forbidden: without('Whoever is not signed in has no role yet; a role that is missing is told by each page.'),
      full: shown(/Sign in/, { signedIn: false }),
    },
  },
  ...objectPages,
  ...settingsPages,
  ...alertsPages,
  ...baselinesPages,
]
