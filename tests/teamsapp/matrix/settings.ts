import { actionList } from '../sample-actions.ts'
import { exceptions, scopes } from '../sample-permissions.ts'
import { sponsored } from '../sample-history.ts'
import { firstRun } from '../sample-posture.ts'
import { me } from '../sample-records.ts'
import { failing, forbidden, loading, shown, strongestWithout, without, type MatrixPage } from './cell.ts'

const ofTheDeployment = 'What is chosen here does not come from a scan: it looks the same before the first one.'
const noAid = { ...me, aid: { state: 'notConnected', userPrincipalName: null, detail: null } } as const

/** Settings: the list, which stands beside its sections where there is room, and each section. */
export const settingsPages: readonly MatrixPage[] = [
  {
    name: 'settings',
    path: '/settings',
    cells: {
      loading: loading('get-me'),
      error: without('The list is part of the product: it needs no answer of the service beyond who is signed in.'),
      forbidden: without('Everybody who is signed in may see which sections there are; each says by itself who may open it.'),
      firstRun: shown('Settings', { overview: firstRun }),
      empty: without('The sections are part of the product: there is no list without any.'),
      partial: shown('Settings', { me: strongestWithout('viewFindings') }),
      full: shown('Settings'),
    },
  },
  {
    name: 'settings-aid',
    path: '/settings/aid',
    cells: {
      loading: loading('get-me'),
      error: without('The section shows who is signed in, and nothing that is read besides.'),
      forbidden: shown('Connecting and disconnecting the Aid needs the role Owner.', {
        me: { ...strongestWithout('manageAid'), aid: noAid.aid },
      }),
      firstRun: without(ofTheDeployment),
      empty: shown('Not connected', { me: noAid }),
      partial: shown('Needs to sign in again', {
        me: {
          ...me,
          aid: { state: 'needsSignIn', userPrincipalName: me.aid.userPrincipalName, detail: 'Its sign-in was refused on 21 November.' },
        },
      }),
      full: shown('Connected'),
    },
  },
  {
    name: 'settings-permissions',
    path: '/settings/permissions',
    cells: {
      loading: loading('get-scopes', 'Being read.'),
      error: failing('get-scopes'),
      forbidden: { ...forbidden('get-scopes') },
      firstRun: shown(/not everything could be read yet/, {
        overview: firstRun,
        scopes: {
          roles: [],
          planes: scopes.planes.map((plane) => ({
            ...plane,
            scopes: plane.scopes.filter(({ kind }) => kind !== 'surplus').map((one) => ({ ...one, held: null, granted: null })),
          })),
        },
      }),
      empty: shown('No action is switched on, so the Aid needs no permission.', {
        scopes: { roles: [], planes: scopes.planes.map((plane) => (plane.plane === 'act' ? { ...plane, scopes: [] } : plane)) },
      }),
      partial: shown('Not read'),
      full: shown('Everything that is needed is there, and nothing beyond it.', {
        scopes: {
          roles: scopes.roles.map((role) => ({ ...role, held: true })),
          planes: scopes.planes.map((plane) => ({
            ...plane,
            scopes: plane.scopes.filter(({ kind }) => kind !== 'surplus').map((one) => ({ ...one, held: true, granted: true })),
          })),
        },
      }),
    },
  },
  {
    name: 'settings-scans',
    path: '/settings/scans',
    cells: {
      loading: loading('get-sponsor', 'Being read.'),
      error: failing('get-sponsor'),
      forbidden: forbidden('get-sponsor'),
      firstRun: without(ofTheDeployment),
      empty: shown('No scan runs by the clock: nobody lends their sign-in for it.'),
      partial: shown('On', { sponsor: { ...sponsored, isYou: false, mayWithdraw: false } }),
      full: shown(/Every day at 04:00 UTC/, { sponsor: sponsored }),
    },
  },
  {
    name: 'settings-exceptions',
    path: '/settings/exceptions',
    cells: {
      loading: loading('list-exceptions', 'Conditional Access policies may leave these out'),
      error: failing('list-exceptions'),
      forbidden: forbidden('list-exceptions'),
      firstRun: shown(/no scan has read the policies yet/, {
        overview: firstRun,
        exceptions: { ...exceptions, exceptions: exceptions.exceptions.map((one) => ({ ...one, policies: null })) },
      }),
      empty: shown('0 exceptions', { exceptions: { mayDeclare: true, exceptions: [] } }),
      partial: shown('Declaring and removing exceptions needs the role Owner.', {
        me: strongestWithout('manageAid'),
        exceptions: { ...exceptions, mayDeclare: false },
      }),
      full: shown('The Aid', { actions: actionList }),
    },
  },
]
