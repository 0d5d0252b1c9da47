import { type ReactNode, useEffect } from 'react';

interface PageProps {
  readonly title: string;
  /** Beside the title: what the page is as of. */
  readonly status?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page: one heading, its status, its actions. Sets the window's title. */
export function Page({ title, status, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Plimsoll`;
  }, [title]);
  return (
    <div className="px-4 sm:px-6 lg:px-9 pt-4 lg:pt-5 pb-14 max-w-[1480px] mx-auto">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 min-h-(--control) mb-5">
        <h1 className="text-xl font-semi">{title}</h1>
        <div className="grow basis-full sm:basis-40 order-last sm:order-none text-sm text-ink-2 min-w-0 min-h-5 flex items-center">
          {status}
        </div>
        <div className="flex items-center gap-2 empty:hidden max-sm:ml-auto">{actions}</div>
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly count?: number | undefined;
  readonly action?: ReactNode;
  readonly children: ReactNode;
  /** A card of its own, where the content is self-contained. */
  readonly card?: boolean;
  readonly className?: string;
}

export function Section({ title, count, action, children, card, className = '' }: SectionProps) {
  return (
    <section
      className={`${card ? 'bg-panel border border-line rounded-lg p-5' : ''} min-w-0 ${className}`}
    >
      <header className="flex items-center gap-3 mb-3 min-h-6">
        <h2 className="font-semi text-md">
          {title}
          {count !== undefined && <span className="ml-2 text-ink-3 font-reg">{count}</span>}
        </h2>
        <div className="ml-auto">{action}</div>
      </header>
      {children}
    </section>
  );
}
