import { createContext, type KeyboardEvent, type ReactNode, useContext } from 'react';
import { type OwnDerivation, type Period, useExplainStore } from './explain-store.ts';

const PeriodContext = createContext<Period>({});

/** The period of every figure inside it. */
export const ExplainPeriod = PeriodContext.Provider;

interface ExplainProps {
  readonly figure: string;
  readonly children: ReactNode;
  /** Shows the dotted line also when nobody points at it. */
  readonly marked?: boolean;
  /** In tables only one figure of a row is a tab stop; the holding's page has them all. */
  readonly tabStop?: boolean;
  readonly own?: OwnDerivation;
}

/**
 * A figure that explains itself on click, Enter, Space or `e`. An inline element and not a button,
 * since a button cannot wrap inside a sentence.
 */
export function Explain({ figure, children, marked = false, tabStop = true, own }: ExplainProps) {
  const period = useContext(PeriodContext);
  const ask = useExplainStore((store) => store.ask);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || !['Enter', ' ', 'e'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    ask({ figure, period, own, anchor: event.currentTarget });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <button> is atomic and breaks the line of a sentence.
    <span
      role="button"
      tabIndex={tabStop ? 0 : -1}
      aria-haspopup="dialog"
      title="How this number is made (E)"
      className="explain"
      data-quiet={!marked}
      data-figure={figure}
      onClick={(event) => {
        event.stopPropagation();
        ask({ figure, period, own, anchor: event.currentTarget });
      }}
      onKeyDown={onKeyDown}
    >
      {children}
    </span>
  );
}
