import { useId } from 'react';
import { cx } from './class-names.ts';

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    readonly hint?: string;
  }[];
  readonly onChange: (value: Value) => void;
  readonly stretch?: boolean;
}

/** One of a few, all in sight. Radio buttons underneath, so arrow keys and screen readers know it. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset
      className={cx(
        'inline-flex p-[3px] rounded-[10px] border border-line bg-sunken max-w-full',
        props.stretch && 'flex w-full',
      )}
    >
      <legend className="sr-only">{props.label}</legend>
      {props.options.map((option) => (
        <label
          key={option.value}
          title={option.hint}
          className={cx(
            'relative grid place-items-center h-[26px] pointer-coarse:h-[38px] px-2 min-w-[34px] rounded-[7px] text-sm font-med whitespace-nowrap cursor-pointer',
            'has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus',
            props.stretch && 'flex-1 px-0',
            option.value === props.value
              ? 'bg-panel text-ink shadow-[0_0_0_1px_var(--line-strong)]'
              : 'text-ink-2 hover:text-ink',
          )}
        >
          <input
            type="radio"
            className="absolute inset-0 opacity-0 w-full h-full cursor-pointer"
            name={name}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
