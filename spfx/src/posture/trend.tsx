import * as React from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';

interface Point {
  readonly at: string;
  readonly value: number;
}

const HEIGHT = 48;
const PAD = 4;

const useStyles = makeStyles({
  line: { fill: 'none', stroke: tokens.colorNeutralForeground2, strokeWidth: '2px' },
  end: { fill: tokens.colorNeutralForeground2 },
  caption: { margin: 0, fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 },
  table: { fontSize: '12px', lineHeight: '18px', '& td': { textAlign: 'right', paddingLeft: '16px' }, '& th': { textAlign: 'left', fontWeight: 400 } },
});

/** The score over time as a line, with the same figures as a table. Draws nothing for fewer than two points. */
export function Trend({ points, locale }: { readonly points: readonly Point[]; readonly locale: string }): React.ReactElement | null {
  const styles = useStyles();
  const box = React.useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last || first === last) return null;

  const scores = points.map((point) => point.value);
  const low = Math.floor(Math.min(...scores));
  const high = Math.ceil(Math.max(...scores));
  const x = (i: number): number => PAD + (i * (width - 2 * PAD)) / (points.length - 1);
  const y = (score: number): number => HEIGHT - PAD - ((score - low) * (HEIGHT - 2 * PAD)) / (high - low || 1);
  const day = (iso: string): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));
  const sentence = `From ${first.value} on ${day(first.at)} to ${last.value} on ${day(last.at)}, ${points.length} scans.`;
  return (
    <div ref={box}>
      <svg role="img" aria-label={sentence} width={width} height={HEIGHT}>
        <polyline className={styles.line} points={points.map((point, i) => `${x(i)},${y(point.value)}`).join(' ')} />
        <circle className={styles.end} cx={x(points.length - 1)} cy={y(last.value)} r="3" />
      </svg>
      <p className={styles.caption}>{`Axis cut: ${low} to ${high}`}</p>
      <details>
        <summary className={styles.caption}>Show as table</summary>
        <table className={styles.table}>
          <tbody>
            {points.map((point) => (
              <tr key={point.at}>
                <th scope="row">{day(point.at)}</th>
                <td>{point.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

function useWidth(box: React.RefObject<HTMLElement>): number {
  const [width, setWidth] = React.useState(240);
  React.useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.max(120, element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
