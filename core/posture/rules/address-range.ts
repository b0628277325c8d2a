/** Whether an IP address lies in a range in CIDR notation. What is not understood lies in no range. */
export function isInRange(address: string, range: string): boolean {
  const [base = '', length] = range.split('/')
  const [one, other] = [bitsOf(address), bitsOf(base)]
  if (!one || !other || one.width !== other.width || length === undefined || !/^\d{1,3}$/.test(length)) return false
  const rest = one.width - Number(length)
  return rest >= 0 && one.value >> BigInt(rest) === other.value >> BigInt(rest)
}

/** A prefix of /8 or shorter; of an IPv6 address, /16 or shorter. What is no range counts as too wide. */
export function isWideRange(cidr: string): boolean {
  const [address = '', prefix = ''] = cidr.split('/')
  return !/^\d+$/.test(prefix) || Number(prefix) <= (address.includes(':') ? 16 : 8)
}

interface Bits {
  readonly width: 32 | 128
  readonly value: bigint
}

function bitsOf(address: string): Bits | undefined {
  return address.includes(':') ? bits6(address) : bits4(address)
}

function bits4(address: string): Bits | undefined {
  const parts = address.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return { width: 32, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) }
}

/** https://www.rfc-editor.org/rfc/rfc4291#section-2.2; an IPv4 address written as IPv6 is the IPv4 address. */
function bits6(address: string): Bits | undefined {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  if (mapped !== undefined) return bits4(mapped)
  const halves = address.split('::')
  const [before = [], after = []] = halves.map((half) => half.split(':').filter((group) => group !== ''))
  const zeros = 8 - before.length - after.length
  if (halves.length > 2 || (halves.length === 2 ? zeros < 1 : zeros !== 0)) return undefined
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return { width: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) }
}
