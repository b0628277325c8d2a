import { suppressions } from '../sample-baselines.ts'
import { firstRun } from '../sample-posture.ts'
import { failing, forbidden, loading, shown, strongestWithout, type MatrixPage } from './cell.ts'

/** Sections of Settings that say what the tenant is judged by, and what stays as it is for a while. */
export const baselinesPages: readonly MatrixPage[] = [
  {
    name: 'settings-baselines',
    path: '/settings/baselines',
    cells: {
      loading: loading('get-baselines'),
      error: failing('get-baselines'),
      forbidden: forbidden('get-baselines'),
      firstRun: shown('The first scan will be judged by it.', { overview: firstRun, judgedByBaseline: 'never', overrides: [] }),
      empty: shown(/This baseline has parameters and no policies of its own/, { baseline: 'default', overrides: [] }),
      partial: shown('Choosing a baseline and changing parameters needs the role Owner.', {
        me: strongestWithout('manageAid'),
        mayDeclare: false,
        judgedByBaseline: 'before',
      }),
      full: shown('Auditors come twice a year', {}),
    },
  },
  {
    name: 'settings-suppressions',
    path: '/settings/suppressions',
    cells: {
      loading: loading('list-suppressions'),
      error: failing('list-suppressions'),
      forbidden: forbidden('list-suppressions'),
      firstRun: shown(/Nothing is suppressed/, { overview: firstRun, judgedByBaseline: 'never', suppressions: [] }),
      empty: shown(/Nothing is suppressed/, { suppressions: [] }),
      partial: shown('Choosing needs the role Owner. Reports show both figures.', {
        me: strongestWithout('manageAid'),
        mayDeclare: false,
        maySuppress: false,
        suppressions: suppressions.slice(0, 1),
      }),
      full: shown('The partner programme ends in spring'),
    },
  },
]
