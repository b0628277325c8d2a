import * as React from 'react'
import { Link, makeStyles, mergeClasses, tokens, useId } from '@fluentui/react-components'
import {
  AppGenericRegular,
  KeyRegular,
  LockClosedRegular,
  OrganizationRegular,
  PeopleTeamRegular,
  PersonRegular,
  ShieldPersonRegular,
  type FluentIcon,
} from '@fluentui/react-icons'
import { colour } from './palette.ts'
import { PathText } from './path-text.tsx'
import { lettersIn, lineThrough, mostLines, neighbourOf, pathLayout, type PathEdge, type PathNode, type PlacedEdge } from './path-layout.ts'
import { useText } from './text.ts'
import { useWidth } from './use-width.ts'

export type { PathEdge, PathNode } from './path-layout.ts'

const kinds = {
  user: { word: 'Person', Icon: PersonRegular },
  group: { word: 'Group', Icon: PeopleTeamRegular },
  application: { word: 'Application', Icon: AppGenericRegular },
  identityProvider: { word: 'Identity provider', Icon: LockClosedRegular },
  permission: { word: 'Permission', Icon: KeyRegular },
  role: { word: 'Directory role', Icon: ShieldPersonRegular },
  tenant: { word: 'Tenant', Icon: OrganizationRegular },
} as const satisfies Record<PathNode['kind'], { word: string; Icon: FluentIcon }>

const useStyles = makeStyles({
  // Scrolls on its own: a graph of many owners is longer than a page.
  frame: { overflow: 'auto', maxHeight: '560px' },
  room: { minWidth: 0, margin: '2px 20px 14px', '@container (max-width: 639px)': { margin: '2px 16px 12px' } },
  field: { position: 'relative', margin: '0 auto' },
  svg: { position: 'absolute', inset: 0, display: 'block' },
  edge: { fill: 'none', stroke: tokens.colorNeutralStrokeAccessible, strokeWidth: '1.5px' },
  edgeOn: { stroke: colour.brand, strokeWidth: '2.5px' },
  reach: { fill: 'none', stroke: 'transparent', strokeWidth: '14px', cursor: 'pointer' },
  head: { fill: tokens.colorNeutralStrokeAccessible },
  headOn: { fill: colour.brand },
  node: {
    position: 'absolute',
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    columnGap: '5px',
    alignContent: 'center',
    textAlign: 'left',
    padding: '4px 8px',
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: '6px',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  nodeOn: { boxShadow: `inset 0 0 0 1px ${colour.brand}`, border: `1px solid ${colour.brand}` },
  end: { border: `2px solid ${tokens.colorNeutralStrokeAccessible}` },
  icon: { display: 'inline-flex', alignSelf: 'center' },
  name: {
    gridColumn: '1 / -1',
    overflow: 'hidden',
    display: '-webkit-box',
    WebkitLineClamp: String(mostLines),
    WebkitBoxOrient: 'vertical',
  },
  panel: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '10px 20px',
    '@container (max-width: 639px)': { padding: '10px 16px' },
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', rowGap: '8px' },
  numbered: { margin: 0, padding: '0 0 0 24px', display: 'grid', rowGap: '8px' },
  twin: { padding: '0 20px 12px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  toggle: { fontSize: '12px', lineHeight: '16px' },
})

/** Narrower than this a graph is mostly outside its frame: the list stands first. */
const roomForGraph = 420

export interface PathGraphProps {
  readonly nodes: readonly PathNode[]
  readonly edges: readonly PathEdge[]
  /** What the graph shows, for its accessible name. */
  readonly label: string
  /** A page for a node, where there is one. */
  readonly link?: (node: PathNode) => React.ReactNode
}

/** A graph whose nodes are buttons; which node is chosen decides whose hops are written below it. A list says the same. */
export function PathGraph(props: PathGraphProps): React.ReactElement {
  const styles = useStyles()
  const [box, room] = useWidth(720)
  const [wish, setWish] = React.useState<'list' | 'graph'>()
  const asList = (wish ?? (room < roomForGraph ? 'list' : 'graph')) === 'list'
  return (
    <div ref={box}>
      {asList ? <HopList edges={props.edges} /> : <Drawn {...props} />}
      <div className={styles.panel}>
        <Link as="button" className={styles.toggle} onClick={() => setWish(asList ? 'graph' : 'list')}>
          {asList ? 'Show the paths as graph' : 'Show the paths as list'}
        </Link>
      </div>
    </div>
  )
}

function Drawn({ nodes, edges, label, link }: PathGraphProps): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const marker = useId('arrow')
  const [box, room] = useWidth(720)
  const [chosen, setChosen] = React.useState<string>()
  const placed = React.useMemo(() => pathLayout(nodes, edges, room), [nodes, edges, room])
  const field = React.useRef<HTMLDivElement>(null)
  const frame = React.useRef<HTMLDivElement>(null)
  // Where the graph is wider than its frame, its trunk is in the middle.
  React.useLayoutEffect(() => {
    if (frame.current) frame.current.scrollLeft = (frame.current.scrollWidth - frame.current.clientWidth) / 2
  }, [placed])
  const node = nodes.find(({ id }) => id === chosen)
  const shown = placed.edges.filter(isOn)
  return (
    <>
      <div ref={box} className={styles.room}>
        <div ref={frame} className={styles.frame} role="group" aria-label={`${label}. Arrow keys go from one to the next.`}>
          <div ref={field} className={styles.field} style={{ width: placed.width, height: placed.height }}>
            <svg className={styles.svg} width={placed.width} height={placed.height} aria-hidden="true">
              <defs>
                {[false, true].map((on) => (
                  <marker
                    key={String(on)}
                    id={`${marker}-${on ? 'on' : 'off'}`}
                    viewBox="0 0 8 8"
                    refX="7"
                    refY="4"
                    markerWidth="8"
                    markerHeight="8"
                    markerUnits="userSpaceOnUse"
                    orient="auto"
                  >
                    <path d="M0 0l8 4-8 4z" className={on ? styles.headOn : styles.head} />
                  </marker>
                ))}
              </defs>
              {placed.edges.map((edge) => (
                <g key={edge.key}>
                  <path
                    d={lineThrough(edge.points)}
                    className={mergeClasses(styles.edge, isOn(edge) && styles.edgeOn)}
                    markerEnd={`url(#${marker}-${isOn(edge) ? 'on' : 'off'})`}
                  />
                  <path d={lineThrough(edge.points)} className={styles.reach} onClick={() => setChosen(edge.key)} />
                </g>
              ))}
            </svg>
            {placed.nodes.map(({ id, kind, name, x, y, width, height }) => {
              const { word, Icon } = kinds[kind]
              return (
                <button
                  key={id}
                  type="button"
                  data-node={id}
                  aria-pressed={id === chosen}
                  title={name}
                  className={mergeClasses(styles.node, kind === 'tenant' && styles.end, id === chosen && styles.nodeOn)}
                  style={{ left: x, top: y, width, height }}
                  onClick={() => setChosen(id === chosen ? undefined : id)}
                  onKeyDown={move}
                >
                  <span className={styles.icon} aria-hidden="true">
                    <Icon fontSize={16} />
                  </span>
                  <span className={text.caption}>{`${word} `}</span>
                  <span className={mergeClasses(text.captionStrong, styles.name)}>
                    <PathText text={name} letters={lettersIn(width)} />
                  </span>
                </button>
              )
            })}
          </div>
        </div>
      </div>
      <div className={styles.panel} aria-live="polite">
        {shown.length === 0 ? (
          <p className={text.caption}>
            {`Choose a box or a line to read what it means and what it rests on.${placed.width > room ? ' The graph scrolls sideways.' : ''}`}
          </p>
        ) : (
          <ul className={styles.list}>
            {shown.flatMap((edge) => edge.edges.map((one) => <Hop key={`${edge.key} ${one.sentence}`} edge={one} />))}
          </ul>
        )}
        {node && link?.(node)}
      </div>
    </>
  )

  function isOn({ key, from, to }: PlacedEdge): boolean {
    return chosen !== undefined && (key === chosen || from === chosen || to === chosen)
  }

  function move(event: React.KeyboardEvent<HTMLButtonElement>): void {
    const from = placed.nodes.find(({ id }) => id === event.currentTarget.dataset['node'])
    const to = from && neighbourOf(placed.nodes, from, event.key)
    if (!to) return
    event.preventDefault()
    const target = [...(field.current?.querySelectorAll<HTMLButtonElement>('button[data-node]') ?? [])].find(
      ({ dataset }) => dataset['node'] === to.id,
    )
    target?.focus()
  }
}

function Hop({ edge }: { readonly edge: PathEdge }): React.ReactElement {
  const text = useText()
  return (
    <li>
      <p className={text.body}>
        <PathText text={edge.sentence} />
      </p>
      {edge.basis.length > 0 && <p className={mergeClasses(text.mono, text.secondary)}>{`Rests on ${edge.basis.join(', ')}`}</p>}
    </li>
  )
}

/** The graph's twin: every hop in words, from the beginnings to the end. */
function HopList({ edges }: { readonly edges: readonly PathEdge[] }): React.ReactElement {
  const styles = useStyles()
  return (
    <div className={styles.twin}>
      <ol className={styles.numbered}>
        {edges.map((edge) => (
          <Hop key={`${edge.from} ${edge.to} ${edge.sentence}`} edge={edge} />
        ))}
      </ol>
    </div>
  )
}
