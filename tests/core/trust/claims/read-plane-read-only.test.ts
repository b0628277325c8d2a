import { describe, expect, it } from '@jest/globals'
import { readPlaneReadOnly } from '../../../../core/trust/claims/read-plane-read-only.ts'
import { findProbe } from '../../../../core/trust/probes.ts'
import { renderMessage } from '../../../../core/text/message.ts'

describe('read-plane-read-only', () => {
  it('is proven by a probe that exists and is shown in every profile', () => {
    expect(findProbe(readPlaneReadOnly.probe ?? '')?.id).toBe('read-token-scopes')
    expect(renderMessage(readPlaneReadOnly.text, {})).toContain('cannot change anything')
    expect(Date.parse(readPlaneReadOnly.reviewBy)).not.toBeNaN()
  })
})
