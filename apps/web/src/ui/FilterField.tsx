import { Search } from 'lucide-react';

interface FilterFieldProps {
  /** What is filtered, for who cannot see it: `Filter holdings`. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly className?: string;
}

/** Narrows a list as one types; the key `/` goes to it. */
export function FilterField({ label, value, onChange, className = '' }: FilterFieldProps) {
  return (
    <label className={`relative ${className}`}>
      <span className="sr-only">{label}</span>
      <Search
        size={15}
        aria-hidden
        className="absolute left-3 top-1/2 -translate-y-1/2 text-ink-3"
      />
      <input
        data-filter
        type="search"
        placeholder="Filter ( / )"
        className="control pl-9!"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
