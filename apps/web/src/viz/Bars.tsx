import type { ReactNode } from 'react';

export interface Share {
  readonly key: string;
  readonly label: ReactNode;
  /** 0 to 1. */
  readonly share: number;
  readonly amount: ReactNode;
}

const hues = ['var(--c1)', 'var(--c2)', 'var(--c3)', 'var(--c4)', 'var(--c5)', 'var(--c6)'];

/** Parts of a whole as bars on one scale, each with its label and its figures. */
export function ShareBars({ shares }: { readonly shares: readonly Share[] }) {
  const most = Math.max(...shares.map(({ share }) => share), 0.0001);
  return (
    <ul className="space-y-2.5">
      {shares.map(({ key, label, share, amount }, index) => (
        <li
          key={key}
          className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)_auto] items-center gap-3"
        >
          <span className="flex items-center gap-2.5 min-w-0">
            <span
              aria-hidden
              className="size-2.5 rounded-[3px] shrink-0"
              style={{ background: hues[index] ?? 'var(--c-neutral)' }}
            />
            <span className="truncate">{label}</span>
          </span>
          <span aria-hidden className="h-2 rounded-[3px] bg-line overflow-hidden">
            <span
              className="block h-full rounded-[3px]"
              style={{
                width: `${(Math.max(0, share) / most) * 100}%`,
                background: hues[index] ?? 'var(--c-neutral)',
              }}
            />
          </span>
          <span className="text-right">{amount}</span>
        </li>
      ))}
    </ul>
  );
}

export interface Change {
  readonly key: string;
  readonly label: ReactNode;
  /** Signed, on one scale for all. */
  readonly size: number;
  readonly amount: ReactNode;
  readonly rate: ReactNode;
}

/** Gains to the right and losses to the left of one line. */
export function ChangeBars({ changes }: { readonly changes: readonly Change[] }) {
  const most = Math.max(...changes.map(({ size }) => Math.abs(size)), Number.MIN_VALUE);
  const worst = Math.max(0, ...changes.map(({ size }) => -size));
  const best = Math.max(0, ...changes.map(({ size }) => size));
  const zero = (worst / (worst + best || 1)) * 100;
  const span = worst + best || most;
  return (
    <ul className="space-y-0.5">
      {changes.map(({ key, label, size, amount, rate }) => (
        <li
          key={key}
          className="grid grid-cols-[minmax(0,5.5rem)_minmax(0,1fr)_5.2rem_4rem] items-center gap-3 h-[29px]"
        >
          <span className="font-semi truncate">{label}</span>
          <span aria-hidden className="relative h-full">
            <span className="absolute inset-y-0 w-px bg-line-strong" style={{ left: `${zero}%` }} />
            <span
              className="absolute top-2 bottom-2 rounded-[2px]"
              style={{
                left: `${size < 0 ? zero + (size / span) * 100 : zero}%`,
                width: `${Math.max(0.6, (Math.abs(size) / span) * 100)}%`,
                background: size < 0 ? 'var(--loss)' : 'var(--gain)',
              }}
            />
          </span>
          <span className="text-right">{amount}</span>
          <span className="text-right text-ink-2 whitespace-nowrap">{rate}</span>
        </li>
      ))}
    </ul>
  );
}
