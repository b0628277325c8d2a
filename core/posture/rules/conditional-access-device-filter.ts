/** Three-valued: a rule may rest on what only the device knows. */
export type Truth = 'yes' | 'no' | 'maybe'

/** A device as the rules of device filters see it. One that is not registered has no property at all. */
export interface DeviceState {
  readonly registered: boolean
  readonly isCompliant: boolean
  /** AzureAD is joined, ServerAD hybrid joined, Workplace registered. */
  readonly trustType: 'AzureAD' | 'ServerAD' | 'Workplace' | null
}

/** Every state that decides about management. */
export const deviceStates: Readonly<Record<string, DeviceState>> = {
  none: { registered: false, isCompliant: false, trustType: null },
  ...Object.fromEntries(
    (['AzureAD', 'ServerAD', 'Workplace'] as const).flatMap((trustType) =>
      [true, false].map((isCompliant) => [
        `${trustType}${isCompliant ? 'Compliant' : ''}`,
        { registered: true, isCompliant, trustType } satisfies DeviceState,
      ]),
    ),
  ),
}

/** Names of the states of devices that nobody manages: neither compliant nor hybrid joined. */
export const unmanagedDevices: readonly string[] = Object.entries(deviceStates).flatMap(([name, { isCompliant, trustType }]) =>
  isCompliant || trustType === 'ServerAD' ? [] : [name],
)

/**
 * Whether a device of that state meets the rule: https://learn.microsoft.com/entra/identity/conditional-access/concept-condition-filters-for-devices
 * On a device that is not registered every property is empty: negative operators are met, positive ones are not.
 * 'maybe' for other properties, and for every rule that is not read completely.
 */
export function meetsRule(rule: string, device: DeviceState): Truth {
  const words = rule.match(/\(|\)|\[[^\]]*\]|"[^"]*"|'[^']*'|[^\s()]+/g) ?? []
  let place = 0
  const answer = either()
  return place === words.length && answer !== undefined ? answer : 'maybe'

  function next(word: string): boolean {
    if (words[place]?.toLowerCase().replace(/^-/, '') !== word) return false
    place += 1
    return true
  }

  function either(): Truth | undefined {
    let found = every()
    while (found !== undefined && next('or')) {
      const other = every()
      found = other && not(and(not(found), not(other)))
    }
    return found
  }

  function every(): Truth | undefined {
    let found = single()
    while (found !== undefined && next('and')) {
      const other = single()
      found = other && and(found, other)
    }
    return found
  }

  function single(): Truth | undefined {
    if (next('not')) {
      const inner = single()
      return inner && not(inner)
    }
    if (next('(')) {
      const inner = either()
      return next(')') ? inner : undefined
    }
    const [property, operator, value] = words.slice(place, place + 3)
    if (property === undefined || operator === undefined || value === undefined) return undefined
    if (!/^device\.\w/i.test(property) || !operator.startsWith('-')) return undefined
    place += 3
    return compared(property.slice('device.'.length).toLowerCase(), operator.slice(1).toLowerCase(), value, device)
  }
}

const positive = ['eq', 'in', 'startswith', 'endswith', 'contains']
const negative = ['ne', 'notin', 'notstartswith', 'notendswith', 'notcontains']

function compared(property: string, operator: string, value: string, device: DeviceState): Truth | undefined {
  if (!positive.includes(operator) && !negative.includes(operator)) return undefined
  if (!device.registered) return negative.includes(operator) ? 'yes' : 'no'
  const own = { iscompliant: String(device.isCompliant), trusttype: (device.trustType ?? '').toLowerCase() }[property]
  if (own === undefined) return 'maybe'
  const given = value
    .replace(/[[\]"'$]/g, '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
  switch (operator) {
    case 'eq':
    case 'in':
      return given.includes(own) ? 'yes' : 'no'
    case 'ne':
    case 'notin':
      return given.includes(own) ? 'no' : 'yes'
    default:
      return 'maybe'
  }
}

function not(truth: Truth): Truth {
  if (truth === 'maybe') return 'maybe'
  return truth === 'yes' ? 'no' : 'yes'
}

function and(left: Truth, right: Truth): Truth {
  if (left === 'no' || right === 'no') return 'no'
  return left === 'yes' && right === 'yes' ? 'yes' : 'maybe'
}
