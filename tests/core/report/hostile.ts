import type { AffectedObject, CheckResult } from '../../../core/posture/check.ts'

/** Names that try to become something else: markup, script, a formula, another line, another direction. */
export const hostileNames = [
  '<script>document.title = "taken"</script>',
  '"><img src=x onerror="document.title=\'taken\'">',
  '</style></title><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt; &amp; &#60;i&#62;',
  '=HYPERLINK("https://evil.example","open")',
  '  =1+1',
  '@SUM(A1)',
  '+49 30 1234',
  '-2+3',
  '＝cmd|calc',
  '\t=1',
  '"quoted", with comma',
  'two\r\nlines',
  '\u202Egpj.exe\u202C',
  '\u0000null\u0007bell',
  '\uD800 half a pair',
  '{count, plural, one {x} other {y}} {name}',
  '${7*7} {{7*7}}',
  '',
  ' ',
  'ü 漢字 عربي 🙂',
  'x'.repeat(10_000),
] as const

/** A verdict of a row check that lists objects of these names. */
export function namedResult(names: readonly string[], unlisted?: number): CheckResult {
  const objects = names.map((name, index): AffectedObject => ({
    type: 'application',
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    name,
    part: `key-${index}`,
    values: { named: 'yes', secretName: name, keyId: `key-${index}`, endsAt: '2026-10-01T00:00:00Z', days: 52 },
    basis: [`applications/${index}`],
  }))
  const count = objects.length + (unlisted ?? 0)
  return {
    checkId: 'app-secret-expired',
    outcome: {
      verdict: 'fail',
      reason: 'expired',
      values: { count, holders: count },
      objects,
      ...(unlisted === undefined ? {} : { unlisted }),
      basis: ['applications/'],
    },
  }
}
