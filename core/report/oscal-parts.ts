import type { Json } from '../digest.ts'
import type { AffectedObject, Severity } from '../posture/check.ts'
import { tokenOf, type Objective } from './objectives.ts'
import type { Suppression } from './report.ts'
import { plain } from './text.ts'

export type OscalObject = { readonly [name: string]: Json }

/** Makes the UUID of a part of the document from its name. */
export type Ids = (...parts: readonly string[]) => string

/** Names of our own properties, as OSCAL wants them told from NIST's. */
export const propertyNamespace = 'https://countersign.invalid/ns/oscal'

/** OSCAL's strings have one line, are not empty and have no white space at their ends. */
export function property(name: string, value: string, group?: string): OscalObject {
  return { name, ns: propertyNamespace, value: plain(value) || '-', ...(group === undefined ? {} : { class: group }) }
}

const basisShown = 5

export function objectProps(object: AffectedObject, severity: Severity, suppression: Suppression | undefined): readonly OscalObject[] {
  return [
    property('object-id', object.id),
    ...(object.part ? [property('object-part', object.part)] : []),
    property('severity', object.severity ?? severity),
    ...(suppression ? suppressionProps(suppression) : []),
    ...object.basis.slice(0, basisShown).map((key) => property('basis', key)),
  ]
}

export function suppressionProps({ until, owner }: Suppression): readonly OscalObject[] {
  return [
    property('suppressed', 'yes'),
    property('suppression-owner', owner),
    ...(until === null ? [] : [property('suppressed-until', until)]),
  ]
}

/** Page of a technique: T1098.001 is at techniques/T1098/001. */
export function attackUrl(id: string): string {
  return `https://attack.mitre.org/techniques/${encodeURI(id.replace('.', '/'))}`
}

export function objectiveId({ framework, id }: Pick<Objective, 'framework' | 'id'>): string {
  return `${tokenOf(framework, id)}_obj`
}

/** ISO 8601 in UTC with seconds, whatever the fraction or offset that was given. */
export function instant(at: string): string {
  return new Date(at).toISOString()
}
