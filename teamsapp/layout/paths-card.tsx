import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { Card, useRows } from '@countersign/ui/card.tsx'
import type { PathEdge, PathNode } from '@countersign/ui/path-layout.ts'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from './links.tsx'

// The layout of graphs is a library of its own, loaded when there is a graph to draw.
const PathGraph = React.lazy(async () => ({ default: (await import('@countersign/ui/path-graph.tsx')).PathGraph }))

const useStyles = makeStyles({ room: { minHeight: '200px' } })

/** Ways from one thing to another as a graph, with links to the pages of what stands on them. */
export function PathsCard({
  title,
  note,
  label,
  none,
  here,
  nodes,
  edges,
}: {
  readonly title: string
  readonly note?: string
  readonly label: string
  /** Said where there is no way. */
  readonly none: string
  /** Id of what the page is about: it needs no link. */
  readonly here: string
  readonly nodes: readonly PathNode[]
  readonly edges: readonly PathEdge[]
}): React.ReactElement {
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  return (
    <Card title={title} note={note} flush>
      {edges.length === 0 ? (
        <p className={mergeClasses(text.body, rows.row)}>{none}</p>
      ) : (
        <React.Suspense fallback={<div className={styles.room} />}>
          <PathGraph nodes={nodes} edges={edges} label={label} link={linkOf} />
        </React.Suspense>
      )}
    </Card>
  )

  function linkOf({ id, kind, name }: PathNode): React.ReactNode {
    const list = { user: '/people', group: '/people', application: '/applications' }[String(kind)]
    return list === undefined || id === here ? null : (
      <p className={text.body}>
        <PageLink to={`${list}/${id}`}>{`Open ${name}`}</PageLink>
      </p>
    )
  }
}
