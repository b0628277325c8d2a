import * as React from 'react'
import { Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useMe } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { ChangeButton } from '../../layout/change-button.tsx'
import { saveFile } from '../../layout/save-file.ts'
import { TroubleBar } from '../../layout/states.tsx'

type Format = 'json' | 'csv'
const files = {
  json: { name: 'countersign-records.ndjson', type: 'application/x-ndjson' },
  csv: { name: 'countersign-records.csv', type: 'text/csv;charset=utf-8' },
} as const satisfies Record<Format, { readonly name: string; readonly type: string }>

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)' },
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '8px 12px' },
  code: { display: 'block', backgroundColor: tokens.colorNeutralBackground3, borderRadius: '4px', padding: '8px 10px' },
})

/** The signed journal, whole or a range of days, and how to check it without this service. */
export function ForAuditors(): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const me = useMe()
  const { service } = useClient()
  const draft = useDraft('days for auditors', { from: '', to: '' })
  const { from, to } = draft.value
  const isBackwards = from !== '' && to !== '' && from > to
  const isShut = me.data?.may.export !== true
  const download = useMutation({
    mutationFn: async (format: Format) => {
      const query = new URLSearchParams({ format, ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) })
      const answer = await service.open(`/api/journal/export?${query.toString()}`, { method: 'GET' })
      saveFile(files[format].name, files[format].type, await answer.blob())
      draft.clear()
    },
  })
  return (
    <Card title="For auditors">
      <div className={styles.stack}>
        <p className={text.body}>
          The whole journal, signed: who asked, what was shown, who said yes and how, what was sent and what came back. Leave the days empty
          for all of it.
        </p>
        {download.error != null && <TroubleBar error={download.error} />}
        <div className={styles.form}>
          <Field label="From (UTC day)">
            <Input type="date" value={from} onChange={(_, { value }) => draft.set({ ...draft.value, from: value })} />
          </Field>
          <Field
            label="To (UTC day)"
            {...(isBackwards ? { validationState: 'error' as const, validationMessage: 'This day is before the first.' } : {})}
          >
            <Input type="date" value={to} onChange={(_, { value }) => draft.set({ ...draft.value, to: value })} />
          </Field>
          {(['json', 'csv'] as const).map((format) => (
            <ChangeButton
              key={format}
              icon={<ArrowDownloadRegular />}
              disabledFocusable={isShut || isBackwards || download.isLoading}
              {...(isShut ? { title: 'Exporting needs the role Owner, Administrator or Reviewer.' } : {})}
              onClick={() => download.mutate(format)}
            >
              {format === 'json' ? 'Download signed journal' : 'Download as CSV'}
            </ChangeButton>
          ))}
        </div>
        <p className={text.caption}>
          The signed journal can be checked without this service, with the public key that you keep. The CSV is for reading.
        </p>
        <code className={mergeClasses(text.mono, styles.code)}>{`countersign verify ${files.json.name} --key countersign.pub`}</code>
      </div>
    </Card>
  )
}
