import { Link } from '@tanstack/react-router';
import { buttonClass } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { Empty } from '../ui/states.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Page title="Not found">
      <Empty
        title="There is nothing at this address"
        action={
          <Link to="/overview" className={buttonClass('primary')}>
            Go to the overview
          </Link>
        }
      >
        The link may be old, or what it led to was removed.
      </Empty>
    </Page>
  );
}
