import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome, type Given } from '../../../../build/judged.ts'
import { own, withOwn } from '../../../../build/own-identity.ts'

const id = 'aid-sign-ins-own'
const act = own.actAppId
/** Minutes after the Aid was connected, and what differs from a sign-in through Countersign Act from Finland. */
function signIn(minutes: number, change: Readonly<Record<string, unknown>> = {}) {
  return {
    id: `s${minutes}`,
    parentId: 'aid',
    createdDateTime: new Date(Date.parse(own.connectedAt) + minutes * 60_000).toISOString(),
    userPrincipalName: 'aid@contoso.com',
    appId: act,
    appDisplayName: 'Countersign Act',
    ipAddress: '203.0.113.5',
    status: { errorCode: 0 },
    location: { countryOrRegion: 'FI' },
    ...change,
  }
}
const ip = (name: string, isTrusted: boolean, cidrAddress: string) => {
  return { '@odata.type': '#microsoft.graph.ipNamedLocation', id: name, displayName: name, isTrusted, ipRanges: [{ cidrAddress }] }
}
const connecting = signIn(-1)
const portal = { appId: 'portal', appDisplayName: 'Azure Portal' }
const abroad = { location: { countryOrRegion: 'BR' }, ipAddress: '198.51.100.7' }
const given = (rows: readonly unknown[], namedLocations: readonly unknown[] = []): Given => ({ aidSignIns: rows, namedLocations })
const verdict = (rows: readonly unknown[], namedLocations?: readonly unknown[]) => outcome(id, given(rows, namedLocations), withOwn())

describe(id, () => {
  it('passes with the sign-in that connected it, whatever came before and whatever failed', () => {
    const before = signIn(-20, { ...portal, ...abroad })
    const failed = signIn(90, { ...portal, status: { errorCode: 50126 } })
    expect(verdict([failed, connecting, before])).toMatchObject({ verdict: 'pass', basis: ['aidSignIns/', 'aidSignIns/s-1'] })
    expect(verdict([])).toMatchObject({ verdict: 'pass' })
  })
  it('passes with another sign-in from the same country, whichever way the clocks differ', () => {
    expect(verdict([connecting, signIn(600)])).toMatchObject({ verdict: 'pass' })
    expect(verdict([signIn(4), signIn(600)])).toMatchObject({ verdict: 'pass' })
  })
  it('does not apply without an Aid, or without the licence', () => {
    expect(outcome(id, given([signIn(9, portal)]))).toMatchObject({ verdict: 'notApplicable', reason: 'notConnected' })
    const licences = { p1: 'absent', p2: 'absent' } as const
    expect(outcome(id, given([signIn(9, portal)]), { ...withOwn(), licences })).toMatchObject({ reason: 'licence' })
  })
  it('fails on another application, once for each, and counts', () => {
    const rows = [connecting, signIn(9, portal), signIn(11, { ...portal, appId: 'PORTAL' }), signIn(12, { appId: own.readAppId })]
    expect(verdict(rows)).toMatchObject({ verdict: 'fail', reason: 'application', values: { count: 2 } })
    expect(objectsOf(verdict(rows))).toEqual([`aid/application/${own.readAppId}`, 'aid/application/portal'])
    expect(sentences(id, given(rows), withOwn()).join(' ')).toContain('Through Azure Portal, 2 times, last on')
    expect(verdict([signIn(9, { appId: null, appDisplayName: null })])).toMatchObject({ verdict: 'fail' })
  })
  it('warns about another country, unless it comes from a trusted network', () => {
    const rows = [connecting, signIn(9, abroad)]
    expect(verdict(rows)).toMatchObject({ verdict: 'warn', reason: 'place' })
    expect(verdict([connecting, signIn(2, abroad)])).toMatchObject({ verdict: 'warn' })
    expect(objectsOf(verdict(rows))).toEqual(['aid/place/BR'])
    expect(sentences(id, given(rows), withOwn()).join(' ')).toContain('From BR, last on')
    expect(verdict(rows, [ip('office', true, '198.51.100.0/28')])).toMatchObject({ verdict: 'pass' })
    expect(verdict(rows, [ip('office', false, '198.51.100.0/28')])).toMatchObject({ verdict: 'warn' })
    expect(verdict(rows, [ip('office', true, '192.0.2.0/24')])).toMatchObject({ verdict: 'warn' })
  })
  it('knows no home once the sign-in that connected it has left the log, or names no country', () => {
    expect(verdict([signIn(9)])).toMatchObject({ verdict: 'warn' })
    const nowhere = { location: null }
    expect(verdict([signIn(-1, nowhere), signIn(9, nowhere)])).toMatchObject({ verdict: 'warn' })
    expect(sentences(id, given([signIn(9, nowhere)]), withOwn()).join(' ')).toContain('a place that Microsoft does not name')
  })
  it('takes no sign-in of another account for one of the Aid', () => {
    expect(verdict([connecting, signIn(9, { ...portal, parentId: 'earlier-aid' })])).toMatchObject({ verdict: 'pass' })
  })
  unknownWithout(id, given([connecting]), ['aidSignIns', 'namedLocations'], withOwn())
})
