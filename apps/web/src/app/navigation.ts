import {
  ArrowLeftRight,
  CalendarCheck,
  Database,
  FileUp,
  Layers,
  LayoutDashboard,
  type LucideIcon,
  Settings,
} from 'lucide-react';

export interface Destination {
  readonly to:
    | '/overview'
    | '/holdings'
    | '/transactions'
    | '/import'
    | '/actions'
    | '/data'
    | '/settings';
  readonly label: string;
  /** The key after `g`. */
  readonly key: string;
  readonly icon: LucideIcon;
}

/** The pages that the sidebar, the phone's tabs and the keyboard lead to. */
export const destinations: readonly Destination[] = [
  { to: '/overview', label: 'Overview', key: 'o', icon: LayoutDashboard },
  { to: '/holdings', label: 'Holdings', key: 'h', icon: Layers },
  { to: '/transactions', label: 'Transactions', key: 't', icon: ArrowLeftRight },
  { to: '/import', label: 'Import', key: 'i', icon: FileUp },
];

/** Those that a phone has in its menu. */
export const moreDestinations: readonly Destination[] = [
  { to: '/actions', label: 'Corporate actions', key: 'a', icon: CalendarCheck },
  { to: '/data', label: 'Data', key: 'd', icon: Database },
  { to: '/settings', label: 'Settings', key: 's', icon: Settings },
];
