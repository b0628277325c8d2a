/** What is said to people who do not see the screen, when nothing else is being said. One place for the whole tab, there before it speaks. */
const place = typeof document === 'undefined' ? undefined : makePlace()

export function announce(sentence: string): void {
  if (place) place.textContent = sentence
}

function makePlace(): HTMLElement {
  const element = document.createElement('div')
  element.setAttribute('role', 'status')
  element.setAttribute('aria-live', 'polite')
  Object.assign(element.style, {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  })
  document.body.append(element)
  return element
}
