import * as React from 'react'
import { useLocation, useNavigate, useNavigationType } from 'react-router-dom'
import { useClient } from '../client/client.tsx'

/** How far down each entry of the history was scrolled, by its key. Memory alone: a new visit begins at the top. */
const depths = new Map<string, number>()
/** A page that fills itself grows for a moment: until then it is not deep enough to go back to where one was. Time asleep counts as one part. */
const growsFor = { parts: 10, partMs: 200 } as const

/** The page stands where it stood when one comes back to it, and at its top when one comes anew. */
export function useScrollPlace(): void {
  const { key, pathname } = useLocation()
  const type = useNavigationType()
  const before = React.useRef(pathname)
  React.useEffect(() => {
    const note = (): void => void depths.set(key, window.scrollY)
    window.addEventListener('scroll', note, { passive: true })
    return () => window.removeEventListener('scroll', note)
  }, [key])
  React.useEffect(() => {
    const isSamePage = before.current === pathname
    before.current = pathname
    if (type !== 'POP') {
      // A filter in the address changes the entry and not the page.
      if (!isSamePage) window.scrollTo(0, 0)
      return undefined
    }
    return scrollWhenDeepEnough(depths.get(key) ?? 0)
  }, [key, pathname, type])
}

function scrollWhenDeepEnough(depth: number): (() => void) | undefined {
  if (depth === 0) return undefined
  const go = (): void => {
    if (document.documentElement.scrollHeight - window.innerHeight < depth) return
    window.scrollTo(0, depth)
    end()
  }
  const watch = new ResizeObserver(go)
  const end = (): void => {
    watch.disconnect()
    clearInterval(timer)
    window.removeEventListener('wheel', end)
    window.removeEventListener('touchmove', end)
  }
  let parts = 0
  const timer = setInterval(() => {
    parts += 1
    if (parts === growsFor.parts) end()
  }, growsFor.partMs)
  window.addEventListener('wheel', end, { passive: true })
  window.addEventListener('touchmove', end, { passive: true })
  watch.observe(document.body)
  go()
  return end
}

/** A deep link of the host names its page once, at the start; the host's own way back goes through our pages before it leaves us. */
export function useHostPlace(): void {
  const { host } = useClient()
  const navigate = useNavigate()
  const { key } = useLocation()
  const depth = React.useRef(0)
  const type = useNavigationType()
  React.useEffect(() => {
    if (type === 'PUSH') depth.current += 1
    if (type === 'POP') depth.current = Math.max(0, depth.current - 1)
  }, [key, type])
  React.useEffect(() => {
    if (host.startPath !== undefined) navigate(host.startPath, { replace: true })
  }, [host, navigate])
  React.useEffect(() => {
    host.onBack(() => {
      if (depth.current === 0) return false
      navigate(-1)
      return true
    })
  }, [host, navigate])
}
