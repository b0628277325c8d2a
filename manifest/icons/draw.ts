import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowser } from '../../tests/e2e/browser.ts'

/** Draws the Teams icons from their SVG sources: `node manifest/icons/draw.ts`. Teams asks for 192×192 in colour and 32×32 in white on nothing. */
const icons = [
  { name: 'color', size: 192 },
  { name: 'outline', size: 32 },
] as const

const browser = await openBrowser()
for (const { name, size } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = await readFile(join(import.meta.dirname, `${name}.svg`), 'utf8')
  await page.setContent(`<body style="margin:0">${source.replace('<svg ', '<svg style="display:block" ')}</body>`)
  await page.screenshot({ path: join(import.meta.dirname, `${name}.png`), omitBackground: true })
  await page.close()
}
await browser.close()
