import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** The parts of a page, each with an address of its own: a list of links, one of them current. */
export function Tabs({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <nav aria-label={label} className="mb-6 border-b border-line overflow-x-auto no-print">
      <ul className="flex gap-5 whitespace-nowrap">{children}</ul>
    </nav>
  );
}

/** The classes of a link among tabs. */
export const tabClass = (current: boolean) =>
  cx(
    'inline-flex items-center gap-1.5 h-(--control) border-b-2 font-med',
    current ? 'border-accent text-ink' : 'border-transparent text-ink-2 hover:text-ink',
  );

/** How many things a tab holds; nothing where there are none. */
export function TabCount({ count }: { readonly count: number | undefined }) {
  return count ? <span className="text-ink-3 font-reg">{count}</span> : null;
}
