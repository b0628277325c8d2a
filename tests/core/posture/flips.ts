/** The rows with one field changed each time: the opposite of a switch, another number, another text, a list without its items. */
export function flips(rows: readonly unknown[] | string | undefined): readonly (readonly unknown[])[] {
  if (!Array.isArray(rows)) return []
  const list: readonly unknown[] = rows
  return list.flatMap((row, index) => changes(row).map((changed) => list.with(index, changed)))
}

function changes(value: unknown): readonly unknown[] {
  if (typeof value === 'boolean') return [!value]
  if (typeof value === 'number') return [0, value + 1000]
  if (typeof value === 'string') return texts(value)
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return [[], ...items.flatMap((item, index) => changes(item).map((changed) => items.with(index, changed)))]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => changes(member).map((changed) => ({ ...value, [name]: changed })))
}

/** Words that Graph uses for the open end of a setting, and hours that are too long. */
function texts(value: string): readonly string[] {
  const open = ['everyone', 'a0b1b346-4d3e-4e8b-98f8-753987be4970', '#microsoft.graph.allDeviceRegistrationMembership']
  return [...open, value.replace(/\d\d:00:00/, '23:00:00')].filter((other) => other !== value)
}
