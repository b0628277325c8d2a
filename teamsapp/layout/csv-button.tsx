import * as React from 'react'
import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { saveFile } from './save-file.ts'

/** Saves what a list shows; shut where it shows nothing. */
export function CsvButton({
  file,
  isEmpty,
  textOf,
  size = 'medium',
}: {
  readonly file: string
  readonly isEmpty: boolean
  readonly textOf: () => string
  readonly size?: 'small' | 'medium'
}): React.ReactElement {
  return (
    <Button
      size={size}
      icon={<ArrowDownloadRegular />}
      disabledFocusable={isEmpty}
      onClick={() => saveFile(file, 'text/csv;charset=utf-8', textOf())}
    >
      Download as CSV
    </Button>
  )
}
