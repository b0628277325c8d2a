import { teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme, type Theme } from '@fluentui/react-components'
import type { Scheme } from '@countersign/ui/reader.tsx'

export const themes = { light: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme } as const satisfies Record<
  Scheme,
  Theme
>

/** The host's name of its theme; hosts other than Teams add names of their own, which read as light. */
export function schemeOfHost(name: string | undefined): Scheme {
  if (name === 'dark' || name === 'contrast') return name
  return 'light'
}

/** Follows the system's contrast and colour preference in a plain browser; answers a function that stops it. */
export function followSystem(onScheme: (scheme: Scheme) => void): () => void {
  const forced = window.matchMedia('(forced-colors: active)')
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  function tell(): void {
    onScheme(forced.matches ? 'contrast' : dark.matches ? 'dark' : 'light')
  }
  tell()
  forced.addEventListener('change', tell)
  dark.addEventListener('change', tell)
  return () => {
    forced.removeEventListener('change', tell)
    dark.removeEventListener('change', tell)
  }
}
