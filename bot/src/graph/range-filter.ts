import type { Fact } from '@countersign/core/posture/fact.ts'

/**
 * Pages of one list come one after the other, but lists cut by the beginnings of a name come side by side. A *leaf* is a beginning, such as
 * `m`, or what is left of one without some of its continuations, such as `m~ae`: everything from `m` but `ma` and `me`. `~…` is everything
 * that begins otherwise. The leaves of a plan share no row and leave none out; a part is one or more of them.
 */
export type LeafText = string

/** The filter of a range, as it stands in a part's id after `range:`, or of a share. */
export function rangeFilter(fact: Fact, part: string): { readonly filter: string; readonly isAdvanced: boolean } {
  const [, kind, text] = /^(range|share):(.*)$/s.exec(part) ?? []
  const share = kind === 'share' ? fact.source.shares?.[Number(text)] : undefined
  if (share !== undefined) return { filter: share, isAdvanced: false }
  const property = fact.source.ranges
  if (kind !== 'range' || text === undefined || property === undefined)
    throw new Error(`The fact ${fact.id} is not read in a part "${part}".`)
  return {
    filter: text
      .split(',')
      .map((leaf) => leafFilter(property, leaf))
      .join(' or '),
    isAdvanced: text.includes('~'),
  }
}

/** Whether a part that was planned earlier, by another version perhaps, is one of this fact. */
export function isPartOf({ source: { each, ranges, shares } }: Fact, part: string): boolean {
  if (each) return part !== ''
  const [, kind, text] = /^(range|share):(.*)$/s.exec(part) ?? []
  if (kind === 'share') return shares?.[Number(text)] !== undefined
  return part === '' || (kind === 'range' && ranges !== undefined && /^[a-z0-9~,]+$/.test(text ?? ''))
}

export function shareParts(fact: Fact): readonly string[] {
  return (fact.source.shares ?? []).map((_share, index) => `share:${index}`)
}

export function leafFilter(property: string, leaf: LeafText): string {
  const [beginning = '', without] = leaf.split('~')
  const begins = (text: string): string => `startswith(${property},'${text}')`
  if (without === undefined) return begins(beginning)
  const clauses = [...(beginning === '' ? [] : [begins(beginning)]), ...[...without].map((letter) => `not(${begins(beginning + letter)})`)]
  return `(${clauses.join(' and ')})`
}
