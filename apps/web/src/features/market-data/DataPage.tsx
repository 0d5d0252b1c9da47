import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { isUnfinished, jobsQuery, marketStatusQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { Page } from '../../ui/Page.tsx';
import { TabCount, Tabs, tabClass } from '../../ui/Tabs.tsx';
import { Jobs } from '../jobs/index.ts';
import { Prices } from './Prices.tsx';
import { freshText } from './price-words.ts';
import { Quality } from './Quality.tsx';
import { WorkButtons } from './WorkButtons.tsx';

/** Where prices come from, how old and how good they are, and the work that fetches them. */
export function DataPage() {
  const scope = useScope();
  const { tab } = useSearch({ from: '/data' });
  const status = useQuery(marketStatusQuery(scope));
  const jobs = useQuery(jobsQuery(scope));
  const open = status.data?.open;
  const tabs = [
    { name: 'Prices', tab: undefined, count: undefined },
    { name: 'Quality', tab: 'quality', count: open && open.rows + open.notes },
    { name: 'Jobs', tab: 'jobs', count: jobs.data?.filter(isUnfinished).length },
  ] as const;
  return (
    <Page
      title="Data"
      status={status.data && freshText(status.data.prices)}
      actions={<WorkButtons />}
    >
      <Tabs label="Parts of this page">
        {tabs.map((each) => (
          <li key={each.name}>
            <Link
              to="/data"
              search={{ tab: each.tab }}
              className={tabClass(tab === each.tab)}
              aria-current={tab === each.tab ? 'page' : undefined}
              activeProps={{}}
            >
              {each.name} <TabCount count={each.count} />
            </Link>
          </li>
        ))}
      </Tabs>
      {tab === undefined && <Prices />}
      {tab === 'quality' && <Quality />}
      {tab === 'jobs' && <Jobs />}
    </Page>
  );
}
