/** Hands the reader a file made in the page. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Chromium reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
