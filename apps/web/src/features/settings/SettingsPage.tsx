import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Prefs, usePrefs } from '../../data/prefs.ts';
import { healthQuery, workspacesQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Toggle } from '../../ui/Field.tsx';
import { Page, Section } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { describe } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { Accounts } from './Accounts.tsx';
import { Portfolios } from './Portfolios.tsx';

/** How it looks, what accounts there are and how they count, and which of them are seen together. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <div className="max-w-[860px] space-y-10">
        <Accounts />
        <Portfolios />
        <Appearance />
        <Demo />
        <About />
      </div>
    </Page>
  );
}

const locales = [
  ['', 'As the browser'],
  ['en-IE', '1,234.56 · 31 Mar 2026 (English)'],
  ['en-US', '1,234.56 · Mar 31, 2026 (American)'],
  ['de-DE', '1.234,56 · 31. März 2026 (German)'],
  ['fr-FR', '1 234,56 · 31 mars 2026 (French)'],
  ['de-CH', '1’234.56 · 31. März 2026 (Swiss)'],
] as const;

function Appearance() {
  const prefs = usePrefs();
  return (
    <Section title="Appearance">
      <div className="border-t border-line">
        <Row label="Theme">
          <Segmented
            label="Theme"
            value={prefs.theme}
            options={[
              { value: 'system', label: 'As the system' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            onChange={(theme: Prefs['theme']) => prefs.change({ theme })}
          />
        </Row>
        <Row label="Rows">
          <Segmented
            label="Rows"
            value={prefs.density}
            options={[
              { value: 'comfortable', label: 'Comfortable' },
              { value: 'compact', label: 'Compact' },
            ]}
            onChange={(density: Prefs['density']) => prefs.change({ density })}
          />
        </Row>
        <Row label="Gain and loss">
          <Segmented
            label="Gain and loss"
            value={prefs.gainLoss}
            options={[
              { value: 'teal-vermilion', label: 'Teal, vermilion' },
              { value: 'blue-orange', label: 'Blue, orange' },
              { value: 'east-asia', label: 'Red up' },
            ]}
            onChange={(gainLoss: Prefs['gainLoss']) => prefs.change({ gainLoss })}
          />
        </Row>
        <Row label="Amounts">
          <Toggle
            label="Hide amounts"
            hint="Percentages stay."
            checked={prefs.hideAmounts}
            onChange={(hideAmounts) => prefs.change({ hideAmounts })}
          />
        </Row>
        <div className="py-3 border-b border-line">
          <Field label="Numbers and dates" className="max-w-sm">
            {(control) => (
              <select
                {...control}
                className="control"
                value={prefs.locale}
                onChange={(event) => prefs.change({ locale: event.target.value })}
              >
                {locales.map(([locale, label]) => (
                  <option key={locale} value={locale}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </div>
    </Section>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 border-b border-line min-h-12">
      <span className="w-40 text-ink-2">{label}</span>
      {children}
    </div>
  );
}

/** The demo can be made again at any time, so it goes without ceremony. */
function Demo() {
  const scope = useScope();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const workspaces = useQuery(workspacesQuery(scope));
  const demo = workspaces.data?.find((each) => each.demo);
  const open = useMutation({
    mutationFn: async () => demo ?? (await scope.client.makeDemo()),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['', 'workspaces'] });
      await navigate({ to: '/overview', search: { w: id } });
    },
  });
  const remove = useMutation({
    mutationFn: () => scope.client.removeDemo(),
    onSuccess: async () => {
      if (demo) queries.removeQueries({ queryKey: [demo.id] });
      await queries.invalidateQueries({ queryKey: ['', 'workspaces'] });
      if (scope.workspace === demo?.id)
        await navigate({
          to: '/overview',
          search: { w: undefined, p: undefined, base: undefined },
        });
      toast('The demo is removed.');
    },
  });
  const error = open.error ?? remove.error;
  return (
    <Section title="Demo">
      <div className="border-t border-line pt-3 flex flex-wrap items-center gap-3">
        <p className="grow basis-60 text-ink-2">
          A simulated portfolio in a workspace of its own. It never mixes with yours.
        </p>
        <Button busy={open.isPending} onClick={() => open.mutate()}>
          {demo ? 'Open the demo' : 'Make the demo'}
        </Button>
        {demo && (
          <Button busy={remove.isPending} onClick={() => remove.mutate()}>
            Remove it
          </Button>
        )}
      </div>
      {error && (
        <p role="alert" className="mt-2 text-bad">
          {describe(error)}
        </p>
      )}
    </Section>
  );
}

function About() {
  const health = useQuery(healthQuery(useScope()));
  return (
    <Section title="About">
      <p className="border-t border-line pt-3 text-ink-2">
        {health.data
          ? `Plimsoll ${health.data.version}, on ${health.data.store.engine} ${health.data.store.version}. ${health.data.store.durable ? 'Writes are safe on disk before they are confirmed.' : 'Writes are not confirmed to be on disk: do not trust it with your record.'}`
          : 'The server does not answer.'}{' '}
        <a href="/docs" className="text-accent-ink font-med hover:underline">
          The API
        </a>
      </p>
    </Section>
  );
}
