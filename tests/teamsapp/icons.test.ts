import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { expect, test } from '@jest/globals'

/** Sizes and colours that Teams asks for: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons */
const folder = join(import.meta.dirname, '..', '..', 'manifest', 'icons')

test('the colour icon is 192 by 192 and opaque', () => {
  const { width, height, pixels } = readPng('color.png')
  expect([width, height]).toEqual([192, 192])
  expect(pixels.every(([, , , alpha]) => alpha === 255)).toBe(true)
})

test('the outline icon is 32 by 32, white on nothing', () => {
  const { width, height, pixels } = readPng('outline.png')
  expect([width, height]).toEqual([32, 32])
  const drawn = pixels.filter(([, , , alpha]) => alpha > 0)
  expect(drawn.length).toBeGreaterThan(80)
  expect(drawn.length).toBeLessThan(600)
  expect(drawn.every(([red, green, blue]) => red > 250 && green > 250 && blue > 250)).toBe(true)
})

type Pixel = readonly [number, number, number, number]

/** Pixels of an 8-bit RGB or RGBA PNG without interlacing (https://www.w3.org/TR/png-3/). */
function readPng(name: string): { width: number; height: number; pixels: Pixel[] } {
  const file = readFileSync(join(folder, name))
  const width = file.readUInt32BE(16)
  const height = file.readUInt32BE(20)
  const channels = file[25] === 6 ? 4 : 3
  const parts: Buffer[] = []
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
  }
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const rows: number[][] = []
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0
    const row: number[] = []
    for (let x = 0; x < stride; x += 1) {
      const left = row[x - channels] ?? 0
      const up = rows[y - 1]?.[x] ?? 0
      const corner = rows[y - 1]?.[x - channels] ?? 0
      row.push(((raw[y * (stride + 1) + 1 + x] ?? 0) + ([0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0)) & 255)
    }
    rows.push(row)
  }
  const pixels = rows.flatMap((row) =>
    Array.from({ length: width }, (_, x): Pixel => [
      row[x * channels] ?? 0,
      row[x * channels + 1] ?? 0,
      row[x * channels + 2] ?? 0,
      channels === 4 ? (row[x * channels + 3] ?? 0) : 255,
    ]),
  )
  return { width, height, pixels }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
