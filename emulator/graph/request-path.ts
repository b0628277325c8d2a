/** A Graph address taken apart. */
export interface GraphPath {
  readonly version: string
  /** The path after the version as sent, without slashes at the ends. */
  readonly path: string
  /** Decoded segments as sent. */
  readonly sent: readonly string[]
  /** Decoded segments; `users('x')` became `users`, `x`. */
  readonly segments: readonly string[]
  readonly options: URLSearchParams
}

/** Takes an address such as `/v1.0/users('x')?$select=id` apart; undefined when it cannot be decoded. */
export function parsePath(url: string): GraphPath | undefined {
  const [whole = '', search = ''] = splitOnce(url, '?')
  const parts = whole.split('/').filter((part) => part !== '')
  const [version = '', ...rest] = parts
  try {
    const sent = rest.map((part) => decodeURIComponent(part))
    return { version, path: rest.join('/'), sent, segments: sent.flatMap((part) => unkeyed(part)), options: new URLSearchParams(search) }
  } catch {
    return undefined
  }
}

function splitOnce(source: string, mark: string): [string, string] {
  const at = source.indexOf(mark)
  return at === -1 ? [source, ''] : [source.slice(0, at), source.slice(at + 1)]
}

/** `users('x')` is another way to write `users/x`; `applications(appId='x')` names a property and stays a key. */
function unkeyed(segment: string): string[] {
  const match = /^([A-Za-z]\w*)\((?:'([^']*)'|(\w+='[^']*'))\)$/.exec(segment)
  if (!match) return [segment]
  const [, name = '', key, alternate] = match
  return [name, key ?? alternate ?? '']
}

/**
 * The ways in which the permission table may have written a path, best first: as sent, with keys in brackets as
 * segments, without a cast to a type (the table lists only a few of those), without `$ref` (it lists relations by their path).
 */
export function tableSpellings(parsed: GraphPath): string[][] {
  const joined: string[] = []
  for (const segment of parsed.segments) {
    const previous = joined.at(-1)
    if (/^\w+='.*'$/.test(segment) && previous !== undefined) joined.splice(-1, 1, `${previous}(${segment.split('=')[0]}=x)`)
    else joined.push(segment)
  }
  const spellings = [
    parsed.sent,
    joined,
    joined.filter(
      (segment) =>
        !/^(microsoft\.)?graph\.(user|group|servicePrincipal|application|device|orgContact|administrativeUnit|directoryRole)$/i.test(
          segment,
        ),
    ),
  ]
  return [
    ...spellings,
    joined.map((segment) => segment.replace(/\(\)$/, '')),
    ...(joined.at(-1) === '$ref' ? [joined.slice(0, -1)] : []),
  ].map((segments) =>
    segments
      .filter((segment, index) => segment !== '$count' || index < segments.length - 1)
      .map((segment) => segment.replace(/^microsoft\.graph\./i, '')),
  )
}
