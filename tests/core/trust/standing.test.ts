import { describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../core/trust/claim.ts'
import type { Profile } from '../../../core/profile.ts'
import { readPlaneReadOnly as claim } from '../../../core/trust/claims/read-plane-read-only.ts'
import { readTokenScopes as probe } from '../../../core/trust/probes/read-token-scopes.ts'
import { standingOf } from '../../../core/trust/standing.ts'

const profile: Profile = {
  act: 'off',
  assistant: 'none',
  isolation: 'dedicated',
  cloud: 'global',
  region: '',
  environment: 'tenant',
  retentionDays: 30,
}
const now = Date.parse('2026-11-22T12:00:00Z')
const hour = 3_600_000

function evidence(over: Partial<Evidence> = {}, scopes = ['User.Read']): Evidence {
  return {
    id: 'e',
    probeId: probe.id,
    observedAt: new Date(now - hour).toISOString(),
    environment: 'tenant',
    observation: { token: { obtainedAt: '2026-11-22T11:00:00.000Z', scopes, hasApplicationPermissions: false } },
    digest: 'd',
    ...over,
  }
}

describe('standing', () => {
  it('is proven with fresh evidence that stands', () => {
    expect(standingOf(claim, probe, evidence(), profile, now).standing).toBe('proven')
  })
  it('is unknown without evidence, without a probe, and with evidence of another probe', () => {
    expect(standingOf(claim, probe, undefined, profile, now).standing).toBe('unknown')
    expect(standingOf(claim, undefined, evidence(), profile, now).standing).toBe('unknown')
    expect(standingOf(claim, probe, evidence({ probeId: 'other' }), profile, now).standing).toBe('unknown')
  })
  it('turns old by itself, one millisecond past the age the probe allows', () => {
    const at = (age: number) => standingOf(claim, probe, evidence({ observedAt: new Date(now - age).toISOString() }), profile, now).standing
    expect(at(probe.maxAgeHours * hour)).toBe('proven')
    expect(at(probe.maxAgeHours * hour + 1)).toBe('stale')
  })
  it('does not let age hide a failure', () => {
    expect(standingOf(claim, probe, evidence({ observedAt: '2020-01-01T00:00:00.000Z' }, ['Mail.Send']), profile, now).standing).toBe(
      'failing',
    )
  })
  it('never shows the emulator’s evidence as holding on a real deployment, nor the other way round', () => {
    expect(standingOf(claim, probe, evidence({ environment: 'emulator' }), profile, now).standing).toBe('unknown')
    expect(standingOf(claim, probe, evidence(), { ...profile, environment: 'emulator' }, now).standing).toBe('unknown')
    expect(standingOf(claim, probe, evidence({ environment: 'emulator' }), { ...profile, environment: 'emulator' }, now).standing).toBe(
      'proven',
    )
  })
  it('does not believe evidence from the future, without a time, or of another shape', () => {
    expect(standingOf(claim, probe, evidence({ observedAt: new Date(now + hour).toISOString() }), profile, now).standing).toBe('unknown')
    expect(standingOf(claim, probe, evidence({ observedAt: 'soon' }), profile, now).standing).toBe('unknown')
    expect(standingOf(claim, probe, evidence({ observation: { token: 'yes' } }), profile, now).standing).toBe('unknown')
  })
  it('shows statements as stated whatever the evidence', () => {
    expect(standingOf({ ...claim, proof: 'statement', probe: null }, undefined, undefined, profile, now).standing).toBe('stated')
  })
})
