import * as React from 'react'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useSearchParams } from 'react-router-dom'
import { useClient, useMe } from '../../client/client.tsx'
import { ChangeButton } from '../../layout/change-button.tsx'
import { saveFile } from '../../layout/save-file.ts'
import { TroubleBar } from '../../layout/states.tsx'
import { filterOf } from './filters.ts'

/** Every finding that fits, as the service writes it; shut where none does. */
export function Download({ isEmpty }: { readonly isEmpty: boolean }): React.ReactElement {
  const { service } = useClient()
  const me = useMe()
  const [search] = useSearchParams()
  const isShut = me.data?.may.export === false
  const download = useMutation({
    mutationFn: async () => {
      const query = new URLSearchParams({
        ...filterOf(search),
        order: search.get('view') === 'objects' ? (search.get('order') ?? 'severity') : 'severity',
      })
      const answer = await service.open(`/api/findings/csv?${query.toString()}`, { method: 'GET' })
      saveFile('countersign-findings.csv', 'text/csv;charset=utf-8', await answer.blob())
    },
  })
  return (
    <>
      {download.error != null && <TroubleBar error={download.error} />}
      <ChangeButton
        icon={<ArrowDownloadRegular />}
        disabledFocusable={isShut || isEmpty || download.isLoading}
        {...(isShut ? { title: 'Exporting needs the role Owner, Administrator or Reviewer.' } : {})}
        onClick={() => download.mutate()}
      >
        Download as CSV
      </ChangeButton>
    </>
  )
}
