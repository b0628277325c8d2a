/** What new-check, new-action and new-claim write. Each compiles, and its test fails until the entry is filled in. */
interface EntryNames {
  readonly id: string
  readonly name: string
  /** Relative path from the entry's folder to core. */
  readonly core: string
}
interface TestNames {
  readonly id: string
  readonly name: string
  readonly module: string
}

export const templates = {
  check: {
    entry: ({ id, name, core }: EntryNames) => `import { defineCheck } from '${core}/posture/check.ts'

export const ${name} = defineCheck({
  id: '${id}',
  code: 'XX-00',
  area: 'applications',
  severity: 'medium',
  title: '',
  failTitle: '',
  why: '',
  reasons: {},
  objectReason: '',
  remediation: [],
  portal: 'https://entra.microsoft.com/',
  frameworks: {},

  needs: ['applications'],
  judge({ applications }) {
    return { verdict: 'manual', reason: 'notWritten', values: { count: applications.length } }
  },
})
`,
    test: ({ id, name, module }: TestNames) => `import { describe, expect, it } from '@jest/globals'
import { ${name} } from '${module}'

describe('${id}', () => {
  it('passes, fails with objects, and says why', () => {
    expect(${name}.title).not.toBe('')
  })
})
`,
  },
  action: {
    entry: ({ id, name, core }: EntryNames) => `import { z } from 'zod'
import { defineAction } from '${core}/actions/action.ts'

export const ${name} = defineAction({
  id: '${id}',
  title: '',
  proposalTitle: '',
  why: '',
  input: z.object({ objectId: z.uuid() }).strict(),
  impact: 'normal',
  writeScopes: [],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: { name: '', templateId: 'custom', actions: [], because: '' },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: { notWritten: 'This action is not written yet.' },
  undo: { possible: false, because: '' },
  reads: ({ objectId }) => [{ path: \`/directoryObjects/\${objectId}\` }],
  plan: () => ({ kind: 'refused', reason: 'notWritten', values: {} }),
})
`,
    test: ({ id, name, module }: TestNames) => `import { describe, expect, it } from '@jest/globals'
import { ${name} } from '${module}'

describe('${id}', () => {
  it('plans the exact writes', () => {
    expect(${name}.title).not.toBe('')
  })
})
`,
  },
  claim: {
    entry: ({ id, name, core }: EntryNames) => `import { defineClaim } from '${core}/trust/claim.ts'

export const ${name} = defineClaim({
  id: '${id}',
  requirements: [],
  topic: 'access',
  text: '',
  kind: 'fact',
  plane: 'read',
  shownWhen: () => true,
  owner: '',
  reviewBy: '2027-01-01',
  proof: 'statement',
  probe: null,
  tests: [],
  controls: {},
})
`,
    test: ({ id, name, module }: TestNames) => `import { describe, expect, it } from '@jest/globals'
import { ${name} } from '${module}'

describe('${id}', () => {
  it('names its requirement and its sentence', () => {
    expect(${name}.text).not.toBe('')
    expect(${name}.requirements.length).toBeGreaterThan(0)
  })
})
`,
  },
} as const
