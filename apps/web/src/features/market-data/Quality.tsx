import type { QualityItem } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { marketStatusQuery, qualityItemsQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { Button } from '../../ui/Button.tsx';
import { Toggle } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Empty, Failure, Skeleton } from '../../ui/states.tsx';
import { Finding } from './Finding.tsx';
import { kindWords, type QualityKind } from './quality-words.ts';
import type { DataSearch } from './search.ts';

const most = 1000;
const page = 50;

/** Rows that were kept back, notes and repairs, each with what can be decided about it. */
export function Quality() {
  const scope = useScope();
  const search = useSearch({ from: '/data' });
  const navigate = useNavigate({ from: '/data' });
  const change = (next: DataSearch) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const kind: QualityKind = search.kind ?? 'row';
  const status = useQuery(marketStatusQuery(scope));
  const items = useQuery(
    qualityItemsQuery(scope, { kind, limit: most, ...(search.all ? {} : { state: 'open' }) }),
  );
  const open = status.data?.open;
  const label = (title: string, count: number | undefined) =>
    count ? `${title} (${count})` : title;
  return (
    <>
      <div className="flex flex-wrap gap-x-5 gap-y-3 items-center mb-2">
        <Segmented
          label="Which findings"
          value={kind}
          options={[
            { value: 'row', label: label(kindWords.row.title, open?.rows) },
            { value: 'note', label: label(kindWords.note.title, open?.notes) },
            { value: 'repair', label: label(kindWords.repair.title, open?.repairs) },
          ]}
          onChange={(next: QualityKind) => change({ kind: next === 'row' ? undefined : next })}
        />
        <Toggle
          label="Decided ones too"
          checked={search.all === true}
          onChange={(all) => change({ all: all || undefined })}
        />
      </div>
      <p className="text-ink-2 mb-4">{kindWords[kind].about}</p>
      {items.isPending && <Skeleton className="h-80 w-full" />}
      {items.isError && (
        <Failure
          error={items.error}
          what="The findings could not be fetched"
          onRetry={() => items.refetch()}
        />
      )}
      {items.data?.length === 0 && <Empty title={kindWords[kind].empty} />}
      {items.data && items.data.length > 0 && (
        <Findings
          key={`${kind} ${search.all ?? ''}`}
          items={items.data}
          instruments={
            new Map(
              status.data?.prices.map((one) => [
                one.listingId ?? one.instrumentId,
                one.instrumentId,
              ]),
            )
          }
        />
      )}
    </>
  );
}

interface FindingsProps {
  readonly items: readonly QualityItem[];
  /** The workspace's own instrument of a listing. */
  readonly instruments: ReadonlyMap<string, string>;
}

function Findings({ items, instruments }: FindingsProps) {
  const [shown, setShown] = useState(page);
  return (
    <>
      <ul className="border-t border-line">
        {items.slice(0, shown).map((item) => (
          <Finding
            key={item.id}
            item={item}
            instrument={instruments.get(item.instrumentId) ?? item.instrumentId}
          />
        ))}
      </ul>
      {items.length > shown && (
        <Button className="mt-4" onClick={() => setShown(shown + page)}>
          Show {Math.min(page, items.length - shown)} more of {items.length - shown}
        </Button>
      )}
      {items.length === most && (
        <p className="mt-3 text-sm text-ink-2">The newest {most} are listed.</p>
      )}
    </>
  );
}
