import type { Changes, ObjectChangeView } from '@countersign/core/api/changes.ts'

/**
 * What is said of one changed object, and why. A check's title says how it should be, so of the tenant itself, which has no name, what was
 * found is the title.
 */
export function wordsOf(
  { code, title }: Pick<Changes['checks'][number], 'code' | 'title'>,
  { name, before, after }: Pick<ObjectChangeView, 'name' | 'before' | 'after'>,
): { readonly title: string; readonly because: string } {
  const because = after?.because ?? before?.because ?? ''
  return name === '' ? { title: because === '' ? title : because, because: '' } : { title: `${name} (${code})`, because }
}
