import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { Ellipsis, Eye, EyeOff, Keyboard } from 'lucide-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { usePrefs } from '../data/prefs.ts';
import { healthQuery } from '../data/queries.ts';
import { useScope } from '../data/scope.ts';
import { ExplainHost } from '../features/explain/ExplainHost.tsx';
import { IconButton } from '../ui/Button.tsx';
import { cx } from '../ui/class-names.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { ToastHost } from '../ui/toasts.tsx';
import { DemoBar } from './DemoBar.tsx';
import { type Destination, destinations, moreDestinations } from './navigation.ts';
import { ScopeSwitcher } from './ScopeSwitcher.tsx';
import { type Step, useShortcuts } from './shortcuts.ts';

const ShortcutSheet = lazy(() =>
  import('./ShortcutSheet.tsx').then((module) => ({ default: module.ShortcutSheet })),
);

/** What surrounds every page: where you are, whose record it is, and the keys that lead elsewhere. */
export function Shell() {
  const [sheet, setSheet] = useState(false);
  const navigate = useNavigate();
  const act = useCallback(
    (step: Step) => {
      if (step.kind === 'sheet') setSheet(true);
      if (step.kind === 'create') void navigate({ to: '/transactions', search: { add: 'buy' } });
      if (step.kind === 'filter') return focusFilter();
      if (step.kind !== 'go') return true;
      const wanted = [...destinations, ...moreDestinations].find(({ key }) => key === step.key);
      if (wanted) void navigate({ to: wanted.to });
      return wanted !== undefined;
    },
    [navigate],
  );
  useShortcuts(act);
  return (
    <div className="lg:grid lg:grid-cols-[228px_minmax(0,1fr)] min-h-dvh">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:top-2 focus:left-2 focus:bg-panel focus:px-3 focus:py-2 focus:rounded-md"
      >
        Skip to the page
      </a>
      <Sidebar onKeys={() => setSheet(true)} />
      <PhoneTop />
      <div className="min-w-0 pb-[calc(64px+env(safe-area-inset-bottom))] lg:pb-0">
        <DemoBar />
        <main id="main" tabIndex={-1} className="outline-none">
          <Outlet />
        </main>
      </div>
      <PhoneTabs />
      <ExplainHost />
      <ToastHost />
      {sheet && (
        <Suspense fallback={null}>
          <ShortcutSheet onClose={() => setSheet(false)} />
        </Suspense>
      )}
    </div>
  );
}

function focusFilter(): boolean {
  const filter = document.querySelector<HTMLInputElement>('[data-filter]');
  filter?.focus();
  filter?.select();
  return filter !== null;
}

function Brand() {
  return (
    <span className="flex items-center gap-2.5 text-lg font-semi">
      <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20">
        <rect width="20" height="20" rx="5.5" fill="var(--accent)" />
        <circle cx="10" cy="10" r="4.9" fill="none" stroke="var(--on-accent)" strokeWidth="1.7" />
        <path d="M2.8 10h14.4" stroke="var(--on-accent)" strokeWidth="1.7" strokeLinecap="round" />
      </svg>
      Plimsoll
    </span>
  );
}

function Sidebar({ onKeys }: { readonly onKeys: () => void }) {
  return (
    <aside className="hidden lg:flex flex-col sticky top-0 h-dvh border-r border-line px-3 py-4 no-print">
      <div className="px-2 mb-4">
        <Brand />
      </div>
      <ScopeSwitcher />
      <nav aria-label="Main" className="mt-4 grow">
        <SideLinks title="Portfolio" links={[...destinations, ...moreDestinations.slice(0, 1)]} />
        <SideLinks title="System" links={moreDestinations.slice(1)} />
      </nav>
      <div className="border-t border-line pt-3 space-y-0.5">
        <HideAmounts labelled />
        <button
          type="button"
          onClick={onKeys}
          className="flex items-center gap-3 w-full h-8 px-2 rounded-md text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Keyboard size={16} aria-hidden /> Keyboard
          <kbd className="ml-auto px-1.5 rounded-sm border border-line-strong text-xs font-sans">
            ?
          </kbd>
        </button>
        <SystemState />
      </div>
    </aside>
  );
}

interface SideLinksProps {
  readonly title: string;
  readonly links: readonly Destination[];
}

function SideLinks({ title, links }: SideLinksProps) {
  return (
    <>
      <p className="px-2 mb-1 text-sm text-ink-3">{title}</p>
      <ul className="space-y-0.5 mb-4">
        {links.map((each) => (
          <li key={each.to}>
            <SideLink destination={each} />
          </li>
        ))}
      </ul>
    </>
  );
}

const sideLink = 'flex items-center gap-3 h-8 px-2 rounded-md';

function SideLink({ destination }: { readonly destination: Destination }) {
  const Icon = destination.icon;
  return (
    <Link
      to={destination.to}
      className={sideLink}
      activeProps={{ className: 'bg-selected text-ink font-med', 'aria-current': 'page' }}
      inactiveProps={{ className: 'text-ink-2 hover:bg-hover hover:text-ink' }}
      activeOptions={{ includeSearch: false }}
    >
      <Icon size={16} aria-hidden /> {destination.label}
    </Link>
  );
}

/** Whether the server answers, in a word and not only in a colour. */
function SystemState() {
  const health = useQuery(healthQuery(useScope()));
  const word = health.isError
    ? 'Not answering'
    : health.data?.status === 'degraded'
      ? 'Degraded'
      : 'Working';
  const tone = health.isError ? 'bg-bad' : health.data?.status === 'degraded' ? 'bg-warn' : 'bg-ok';
  return (
    <Link
      to="/data"
      className="flex items-center gap-3 h-8 px-2 rounded-md text-ink-3 text-sm hover:bg-hover"
      activeProps={{}}
      title={health.data ? `Version ${health.data.version}` : undefined}
    >
      <span className="grid place-items-center w-4">
        <span className={cx('size-2 rounded-full', health.isPending ? 'bg-neutral' : tone)} />
      </span>
      {health.isPending ? 'Connecting' : word}
      {health.data && <span className="ml-auto">{health.data.version}</span>}
    </Link>
  );
}

function HideAmounts({ labelled }: { readonly labelled?: boolean }) {
  const { hideAmounts, change } = usePrefs();
  const Icon = hideAmounts ? EyeOff : Eye;
  const label = hideAmounts ? 'Show amounts' : 'Hide amounts';
  const onClick = () => change({ hideAmounts: !hideAmounts });
  if (!labelled) {
    return (
      <IconButton label={label} onClick={onClick}>
        <Icon size={17} aria-hidden />
      </IconButton>
    );
  }
  return (
    <button
      type="button"
      onClick={onClick}
      className={cx(sideLink, 'w-full text-ink-2 hover:bg-hover hover:text-ink')}
    >
      <Icon size={16} aria-hidden /> {label}
    </button>
  );
}

function PhoneTop() {
  return (
    <header className="lg:hidden sticky top-0 z-20 bg-bg border-b border-line flex items-center gap-1 px-2 h-14 no-print">
      <div className="grow min-w-0">
        <ScopeSwitcher />
      </div>
      <HideAmounts />
      <Disclosure
        label="More pages"
        button={<Ellipsis size={18} aria-hidden />}
        buttonClass="grid place-items-center size-(--control) rounded-md text-ink-2 hover:bg-hover"
        panelClass="right-0 w-56"
      >
        {(close) => (
          <nav aria-label="More">
            {moreDestinations.map((each) => (
              <Link
                key={each.to}
                to={each.to}
                onClick={close}
                className="flex items-center gap-3 h-11 px-2 rounded-md"
                activeProps={{ className: 'bg-selected font-med', 'aria-current': 'page' }}
                inactiveProps={{ className: 'text-ink-2 hover:bg-hover' }}
                activeOptions={{ includeSearch: false }}
              >
                <each.icon size={16} aria-hidden /> {each.label}
              </Link>
            ))}
          </nav>
        )}
      </Disclosure>
    </header>
  );
}

function PhoneTabs() {
  return (
    <nav
      aria-label="Main"
      className="phone-tabs lg:hidden fixed bottom-0 inset-x-0 z-20 bg-panel border-t border-line pb-[env(safe-area-inset-bottom)] no-print"
    >
      <ul className="grid grid-cols-4">
        {destinations.map((each) => (
          <li key={each.to}>
            <Link
              to={each.to}
              className="flex flex-col items-center justify-center gap-1 h-16 text-xs"
              activeProps={{ className: 'text-accent-ink font-med', 'aria-current': 'page' }}
              inactiveProps={{ className: 'text-ink-2' }}
              activeOptions={{ includeSearch: false }}
            >
              <each.icon size={19} aria-hidden />
              {each.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
