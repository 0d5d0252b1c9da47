// biome-ignore-all lint/a11y/useSemanticElements: rows that scroll as one long page cannot be a <table>
import type { TransactionRow } from '@plimsoll/contracts';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { usePrefs } from '../../data/prefs.ts';
import { TransactionLine, TransactionsHead } from './TransactionRows.tsx';

interface VirtualRowsProps {
  readonly rows: readonly TransactionRow[];
  readonly total: number;
  readonly more: boolean;
  readonly onMore: () => void;
}

const phoneRow = 60;
const ahead = 40;

/** The whole list as one long page: only what is in sight is drawn, more is fetched before it is needed. */
export function VirtualRows({ rows, total, more, onMore }: VirtualRowsProps) {
  const list = useRef<HTMLDivElement>(null);
  const density = usePrefs((prefs) => prefs.density);
  const [offset, setOffset] = useState(0);
  const height = useRowHeight(density === 'compact' ? 32 : 40);
  useLayoutEffect(() => {
    setOffset(list.current?.offsetTop ?? 0);
  }, []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: offset,
    initialRect: { width: 1200, height: 1000 },
  });
  // The rows change their height with density and width; the virtualizer must forget the old one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what has changed
  useEffect(() => virtual.measure(), [height, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - ahead) onMore();
  }, [more, last, rows.length, onMore]);
  return (
    <div role="table" aria-label="Transactions" aria-rowcount={total}>
      <div role="rowgroup">
        <TransactionsHead />
      </div>
      <div
        role="rowgroup"
        ref={list}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <TransactionLine
                key={row.id}
                row={row}
                index={item.index + 1}
                style={{
                  position: 'absolute',
                  top: 0,
                  left: 0,
                  height,
                  transform: `translateY(${item.start - offset}px)`,
                }}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function useRowHeight(desktop: number): number {
  const query = '(max-width: 47.99rem)';
  const [phone, setPhone] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const onChange = () => setPhone(media.matches);
    media.addEventListener('change', onChange);
    return () => media.removeEventListener('change', onChange);
  }, []);
  return phone ? phoneRow : desktop;
}
