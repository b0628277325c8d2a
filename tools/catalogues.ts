/** The catalogues of the product: where entries live, where they are listed, where their tests and pages are. */
export interface Catalogue {
  readonly kind: 'fact' | 'check' | 'action' | 'claim' | 'probe'
  /** Folder of entries, below the root. */
  readonly folder: string
  /** Module that lists them, and the exported list's name. */
  readonly list: string
  readonly exportName: string
  /** Folder that mirrors the entries with one test each. */
  readonly tests: string
  /** Generated page with one heading an entry. */
  readonly page: string
}

export const catalogues: readonly Catalogue[] = [
  {
    kind: 'fact',
    folder: 'core/posture/facts',
    list: 'core/posture/facts.ts',
    exportName: 'facts',
    tests: 'tests/core/posture/facts',
    page: 'docs/reference/facts.md',
  },
  {
    kind: 'check',
    folder: 'core/posture/checks',
    list: 'core/posture/checks.ts',
    exportName: 'checks',
    tests: 'tests/core/posture/checks',
    page: 'docs/reference/checks.md',
  },
  {
    kind: 'action',
    folder: 'core/actions/catalogue',
    list: 'core/actions/catalogue.ts',
    exportName: 'actions',
    tests: 'tests/core/actions/catalogue',
    page: 'docs/reference/actions.md',
  },
  {
    kind: 'claim',
    folder: 'core/trust/claims',
    list: 'core/trust/claims.ts',
    exportName: 'claims',
    tests: 'tests/core/trust/claims',
    page: 'docs/reference/claims.md',
  },
  {
    kind: 'probe',
    folder: 'core/trust/probes',
    list: 'core/trust/probes.ts',
    exportName: 'probes',
    tests: 'tests/core/trust/probes',
    page: 'docs/reference/claims.md',
  },
]
