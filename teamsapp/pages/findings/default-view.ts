import * as React from 'react'
import { useNavigate, useSearchParams } from 'react-router-dom'
import { useRoute } from '../../client/client.tsx'

/** Somebody who comes without filters sees the view that they keep as their first, once. */
export function useDefaultView(): void {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const cameBare = React.useRef(search.toString() === '')
  const views = useRoute('saved-views', 'GET /api/saved-views', {})
  const first = views.data?.views.find(({ isDefault }) => isDefault)
  React.useEffect(() => {
    if (views.data === undefined || !cameBare.current) return
    cameBare.current = false
    if (first && first.query !== '') navigate(`/findings?${first.query}`, { replace: true })
  }, [views.data, first, navigate])
}
