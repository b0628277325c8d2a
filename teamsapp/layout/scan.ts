import { useMutation, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query'
import type { Overview, Scan } from '@countersign/core/api/posture.ts'
import { useClient, useRoute } from '../client/client.tsx'

const slowBeatMs = 15_000
/** While a scan runs the page asks by itself too, in case the event stream is held up by a proxy. */
const scanBeatMs = 3000

/** The overview, which header and page share. */
export function useOverview(isScanning: boolean): UseQueryResult<Overview> {
  return useRoute('overview', 'GET /api/overview', {}, { refetchInterval: isScanning ? scanBeatMs : slowBeatMs * 4 })
}

/** Starts a scan, or goes on with the one that failed last. */
export function useStartScan(): UseMutationResult<Scan, unknown, { readonly goOn: boolean } | undefined> {
  const { service } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (how) => service.call('POST /api/scans', { body: how ?? {} }),
    onSettled: () => queries.invalidateQueries(['overview']),
  })
}

export function useStopScan(): UseMutationResult<Scan, unknown, string> {
  const { service } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (scanId) => service.call('POST /api/scans/:scanId/stop', { params: { scanId }, body: {} }),
    onSettled: () => queries.invalidateQueries(['overview']),
  })
}
