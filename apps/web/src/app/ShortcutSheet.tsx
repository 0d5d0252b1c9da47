import { Dialog } from '../ui/Dialog.tsx';
import { destinations, moreDestinations } from './navigation.ts';

const keys: readonly (readonly [string, string])[] = [
  ...[...destinations, ...moreDestinations].map(
    ({ key, label }) => [`g ${key}`, `Go to ${label.toLowerCase()}`] as const,
  ),
  ['/', 'Filter what is on the page'],
  ['c', 'Add a transaction'],
  ['e', 'Explain the number that is focused or pointed at'],
  ['← →', 'Move along a chart that is focused'],
  ['Esc', 'Close what is open'],
  ['?', 'Show this list'],
];

/** Every key, on one sheet. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className="grid grid-cols-[88px_1fr] gap-y-2.5">
        {keys.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt className="flex gap-1">
              {key.split(' ').map((part) => (
                <kbd
                  key={part}
                  className="px-1.5 min-w-6 text-center rounded-sm border border-line-strong bg-sunken font-sans text-sm leading-5"
                >
                  {part}
                </kbd>
              ))}
            </dt>
            <dd className="text-ink-2">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
