import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { proposalsQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { TabCount, Tabs, tabClass } from '../../ui/Tabs.tsx';
import { AddAction } from './AddAction.tsx';
import { Decided } from './Decided.tsx';
import { Known } from './Known.tsx';
import { Open } from './Open.tsx';
import { openText } from './open-text.ts';
import { Rules } from './Rules.tsx';

const tabs = [
  { name: 'To confirm', tab: undefined },
  { name: 'Decided', tab: 'decided' },
  { name: 'Known actions', tab: 'known' },
  { name: 'Rules', tab: 'rules' },
] as const;

/** Splits, dividends and the like: what they mean for the accounts, and what is done about them. */
export function ActionsPage() {
  const { tab, enter } = useSearch({ from: '/actions' });
  const navigate = useNavigate({ from: '/actions' });
  const open = useQuery(proposalsQuery(useScope()));
  const show = (entering: true | undefined) =>
    navigate({
      search: (before) => ({ ...before, enter: entering }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Page
      title="Corporate actions"
      status={
        open.data && (open.data.length === 0 ? 'Nothing to confirm' : openText(open.data.length))
      }
      actions={
        <Button onClick={() => show(true)}>
          <Plus size={15} aria-hidden /> Enter one
        </Button>
      }
    >
      <Tabs label="Parts of this page">
        {tabs.map((each) => (
          <li key={each.name}>
            <Link
              to="/actions"
              search={{ tab: each.tab }}
              className={tabClass(tab === each.tab)}
              aria-current={tab === each.tab ? 'page' : undefined}
              activeProps={{}}
            >
              {each.name} {each.tab === undefined && <TabCount count={open.data?.length} />}
            </Link>
          </li>
        ))}
      </Tabs>
      {tab === undefined && <Open />}
      {tab === 'decided' && <Decided />}
      {tab === 'known' && <Known />}
      {tab === 'rules' && <Rules />}
      {enter && <AddAction onClose={() => show(undefined)} />}
    </Page>
  );
}
