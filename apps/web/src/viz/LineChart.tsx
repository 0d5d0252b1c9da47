// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the chart's cursor and its table are moved by the keyboard
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { Download, Image as ImageIcon, Table2 } from 'lucide-react';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { IconButton } from '../ui/Button.tsx';
import { extentOf, lastKnown, type Series, spread, thin, timeTicks, toCsv } from './chart-view.ts';
import { download, downloadPicture } from './download.ts';
import { useWidth } from './use-width.ts';

/** How a line looks. The first is what the chart is about; the benchmark is grey, never coloured. */
export type Look = 'main' | 'benchmark' | 'paid' | 'loss';

export interface Line extends Series {
  readonly look: Look;
}

interface LineChartProps {
  readonly days: readonly string[];
  readonly lines: readonly Line[];
  readonly height: number;
  /** One sentence that says what the chart shows. */
  readonly summary: string;
  readonly name: string;
  readonly includeZero?: boolean;
  /** What belongs beneath the chart, left of its buttons. */
  readonly footer?: ReactNode;
  readonly axisText: (value: number) => string;
  readonly exactText: (value: number) => string;
  readonly dayText: (day: string) => string;
  readonly tickText: (day: string, unit: 'year' | 'month' | 'day') => string;
}

const strokes: Record<Look, { stroke: string; width: number; dash?: string; text: string }> = {
  main: { stroke: 'var(--c1)', width: 1.75, text: 'var(--accent-ink)' },
  benchmark: { stroke: 'var(--c-neutral)', width: 1.25, text: 'var(--ink-2)' },
  paid: { stroke: 'var(--ink-3)', width: 1.25, dash: '2 3', text: 'var(--ink-2)' },
  loss: { stroke: 'var(--loss)', width: 1.25, text: 'var(--loss)' },
};

const top = 10;
const bottom = 28;
const endWidth = 104;
const gutter = 46;
const narrow = 560;

/** Values over days: direct labels at the line ends, a cursor by pointer or arrow keys, a table behind it. */
export function LineChart(props: LineChartProps) {
  const { days, lines, height, summary } = props;
  const { element, width } = useWidth<HTMLDivElement>();
  const [cursor, setCursor] = useState<number | null>(null);
  const [asTable, setAsTable] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const caption = useId();
  const wide = width > narrow;
  const plot = {
    left: gutter,
    right: Math.max(1, width - (wide ? endWidth : 0)),
    top,
    bottom: height - bottom,
  };
  const frame = useFrame(props, plot);
  const move = (index: number) => setCursor(Math.max(0, Math.min(days.length - 1, index)));
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      PageUp: -30,
      PageDown: 30,
    };
    const step = steps[event.key];
    if (event.key === 'Escape') return setCursor(null);
    if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(days.length - 1);
    else if (step !== undefined) move((cursor ?? days.length - 1) + step);
    else return;
    event.preventDefault();
  };
  const onPointer = (event: PointerEvent<SVGSVGElement>) => {
    const at = frame.x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
    move(Math.round(at));
  };
  return (
    <figure className="min-w-0" aria-labelledby={caption}>
      <figcaption id={caption} className="sr-only">
        {summary}
      </figcaption>
      <div ref={element} className="relative" style={{ height }}>
        {asTable ? (
          <ChartTable {...props} />
        ) : (
          width > 0 && (
            <svg
              ref={svg}
              width={width}
              height={height}
              role="img"
              aria-label={`${summary} Arrow keys move along it.`}
              tabIndex={0}
              className="block touch-pan-y select-none"
              onKeyDown={onKeyDown}
              onPointerMove={onPointer}
              onPointerDown={onPointer}
              onPointerLeave={() => setCursor(null)}
              onBlur={() => setCursor(null)}
            >
              <Axes {...props} x={frame.x} y={frame.y} plot={plot} />
              <Lines lines={lines} paths={frame.paths} x={frame.x} y={frame.y} />
              {wide && <EndLabels {...props} y={frame.y} plot={plot} />}
              {cursor !== null && (
                <Cursor lines={lines} index={cursor} x={frame.x} y={frame.y} plot={plot} />
              )}
            </svg>
          )
        )}
        {cursor !== null && !asTable && (
          <Readout {...props} index={cursor} at={frame.x(cursor)} width={plot.right} />
        )}
      </div>
      <p className="sr-only" role="status">
        {cursor === null ? '' : readout(props, cursor)}
      </p>
      <div className="flex items-center gap-x-4 gap-y-1 flex-wrap min-h-8 mt-1">
        {width > 0 && !wide && <Legend lines={lines} />}
        {props.footer}
        <div className="ml-auto flex no-print">
          <IconButton
            label={asTable ? 'View as chart' : 'View as table'}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            <Table2 size={15} aria-hidden />
          </IconButton>
          <IconButton
            label="Download as CSV"
            onClick={() =>
              download(`${props.name}.csv`, new Blob([toCsv(days, lines)], { type: 'text/csv' }))
            }
          >
            <Download size={15} aria-hidden />
          </IconButton>
          <IconButton
            label="Download as picture"
            disabled={asTable}
            onClick={() => svg.current && downloadPicture(`${props.name}.png`, svg.current)}
          >
            <ImageIcon size={15} aria-hidden />
          </IconButton>
        </div>
      </div>
    </figure>
  );
}

interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
type Scale = ScaleLinear<number, number>;

function useFrame({ days, lines, includeZero = false }: LineChartProps, plot: Plot) {
  const { left, right, top: y1, bottom: y0 } = plot;
  return useMemo(() => {
    const x = scaleLinear([0, Math.max(1, days.length - 1)], [left, right]);
    const y = scaleLinear(extentOf(lines, includeZero), [y0, y1]);
    const paths = lines.map(({ values, look }) => {
      const indices = thin(values, right - left);
      const defined = (index: number) => values[index] !== null && values[index] !== undefined;
      const at = (index: number) => y(values[index] ?? 0);
      const draw = line<number>(x, at).defined(defined);
      const base = look === 'loss' ? y(0) : y0;
      const fill =
        look === 'main' || look === 'loss' ? area<number>(x, base, at).defined(defined) : null;
      return { line: draw(indices) ?? '', area: fill?.(indices) ?? null };
    });
    return { x, y, paths };
  }, [days, lines, includeZero, left, right, y0, y1]);
}

function Axes({
  days,
  axisText,
  tickText,
  x,
  y,
  plot,
}: LineChartProps & { readonly x: Scale; readonly y: Scale; readonly plot: Plot }) {
  const { unit, ticks } = timeTicks(days, Math.max(2, Math.floor(plot.right / 82)));
  return (
    <g className="text-xs">
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={plot.left} x2={plot.right} y1={y(tick)} y2={y(tick)} stroke="var(--grid)" />
          <text x={0} y={y(tick) + 4} fill="var(--axis)" fontSize={11}>
            {axisText(tick)}
          </text>
        </g>
      ))}
      <line
        x1={plot.left}
        x2={plot.right}
        y1={plot.bottom}
        y2={plot.bottom}
        stroke="var(--line-strong)"
      />
      {ticks
        .filter(({ index }) => x(index) > plot.left + 14 && x(index) < plot.right - 14)
        .map(({ index, day }) => (
          <text
            key={day}
            x={x(index)}
            y={plot.bottom + 17}
            textAnchor="middle"
            fill="var(--axis)"
            fontSize={11}
          >
            {tickText(day, unit)}
          </text>
        ))}
    </g>
  );
}

interface Drawn {
  readonly line: string;
  readonly area: string | null;
}

function Lines({
  lines,
  paths,
  x,
  y,
}: {
  readonly lines: readonly Line[];
  readonly paths: readonly Drawn[];
  readonly x: Scale;
  readonly y: Scale;
}) {
  const gradient = useId();
  const order = lines.map((each, index) => ({ each, path: paths[index] })).reverse();
  return (
    <g fill="none" strokeLinejoin="round">
      <defs>
        <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0%" stopColor="var(--c1)" stopOpacity="0.2" />
          <stop offset="100%" stopColor="var(--c1)" stopOpacity="0.01" />
        </linearGradient>
      </defs>
      {order.map(({ each, path }) => {
        const look = strokes[each.look];
        const end = lastKnown(each.values);
        return (
          <g key={each.key}>
            {path?.area && (
              <path
                d={path.area}
                fill={each.look === 'loss' ? 'var(--loss)' : `url(#${gradient})`}
                opacity={each.look === 'loss' ? 0.16 : 1}
                stroke="none"
              />
            )}
            <path
              d={path?.line ?? ''}
              stroke={look.stroke}
              strokeWidth={look.width}
              strokeDasharray={look.dash}
            />
            {each.look === 'main' && end && (
              <circle cx={x(end.index)} cy={y(end.value)} r={3.5} fill={look.stroke} />
            )}
          </g>
        );
      })}
    </g>
  );
}

function EndLabels({
  lines,
  axisText,
  y,
  plot,
}: LineChartProps & { readonly y: Scale; readonly plot: Plot }) {
  const ends = lines.flatMap((each) => {
    const end = lastKnown(each.values);
    return end ? [{ each, value: end.value }] : [];
  });
  const places = spread(
    ends.map(({ value }) => y(value)),
    32,
    [plot.top + 8, plot.bottom - 18],
  );
  return (
    <g>
      {ends.map(({ each, value }, index) => (
        <g key={each.key} transform={`translate(${plot.right + 12} ${(places[index] ?? 0) + 1})`}>
          <text fontSize={12} fontWeight={630} fill={strokes[each.look].text}>
            {axisText(value)}
          </text>
          <text y={14} fontSize={11} fill="var(--ink-3)">
            {each.label}
          </text>
        </g>
      ))}
    </g>
  );
}

function Cursor({
  lines,
  index,
  x,
  y,
  plot,
}: {
  readonly lines: readonly Line[];
  readonly index: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly plot: Plot;
}) {
  return (
    <g pointerEvents="none">
      <line
        x1={x(index)}
        x2={x(index)}
        y1={plot.top}
        y2={plot.bottom}
        stroke="var(--cross)"
        strokeWidth={1}
        opacity={0.55}
      />
      {lines.map((each) => {
        const value = each.values[index] ?? null;
        return value === null ? null : (
          <circle
            key={each.key}
            cx={x(index)}
            cy={y(value)}
            r={3.5}
            fill="var(--panel)"
            stroke={strokes[each.look].stroke}
            strokeWidth={1.75}
          />
        );
      })}
    </g>
  );
}

function readout({ days, lines, exactText, dayText }: LineChartProps, index: number): string {
  const parts = lines.map(({ label, values }) => {
    const value = values[index] ?? null;
    return `${label} ${value === null ? 'not known' : exactText(value)}`;
  });
  return `${dayText(days[index] ?? '')}: ${parts.join(', ')}`;
}

function Readout(
  props: LineChartProps & { readonly index: number; readonly at: number; readonly width: number },
) {
  const { days, lines, exactText, dayText, index, at, width } = props;
  const left = at > width / 2;
  return (
    <div
      aria-hidden
      className="absolute top-3 z-10 bg-raised shadow-pop rounded-md px-3 py-2 pointer-events-none min-w-40"
      style={left ? { right: `calc(100% - ${at - 12}px)` } : { left: at + 12 }}
    >
      <p className="font-semi text-sm mb-1">{dayText(days[index] ?? '')}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 text-sm">
        {lines.map((each) => {
          const value = each.values[index] ?? null;
          return (
            <div key={each.key} className="contents">
              <dt className="text-ink-2 whitespace-nowrap">{each.label}</dt>
              <dd className="text-right font-med whitespace-nowrap">
                {value === null ? 'not known' : exactText(value)}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function Legend({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 text-sm text-ink-2">
      {lines.map((each) => (
        <li key={each.key} className="flex items-center gap-2">
          <svg width="16" height="3" aria-hidden="true">
            <line
              x2="16"
              y1="1.5"
              y2="1.5"
              stroke={strokes[each.look].stroke}
              strokeWidth="2"
              strokeDasharray={strokes[each.look].dash}
            />
          </svg>
          {each.label}
        </li>
      ))}
    </ul>
  );
}

const tableRows = 400;

function ChartTable({ days, lines, exactText, dayText, summary }: LineChartProps) {
  const step = Math.max(1, Math.ceil(days.length / tableRows));
  const rows = days.flatMap((_, back) => (back % step === 0 ? [days.length - 1 - back] : []));
  return (
    <section
      className="h-full overflow-y-auto border border-line rounded-md"
      tabIndex={0}
      aria-label={summary}
    >
      <table>
        <thead className="sticky top-0 bg-panel">
          <tr>
            <th scope="col" className="head-cell pl-3!">
              Day
            </th>
            {lines.map((each) => (
              <th key={each.key} scope="col" className="head-cell text-right pr-3!">
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((index) => (
            <tr key={days[index]} className="border-b border-line last:border-0">
              <th scope="row" className="font-reg py-1 pl-3">
                {dayText(days[index] ?? '')}
              </th>
              {lines.map((each) => {
                const value = each.values[index] ?? null;
                return (
                  <td key={each.key} className="text-right py-1 pr-3">
                    {value === null ? 'not known' : exactText(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
