import { useQuery } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { formatsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/class-names.ts';

interface DropzoneProps {
  readonly onFiles: (files: readonly File[]) => void;
  readonly busy: boolean;
}

/** Where files land: dropped, or chosen with the button. */
export function Dropzone({ onFiles, busy }: DropzoneProps) {
  const [over, setOver] = useState(false);
  const formats = useQuery(formatsQuery(useScope()));
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same for the keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cx(
        'rounded-lg border border-dashed px-6 py-12 text-center transition-colors',
        over ? 'border-accent bg-accent-wash' : 'border-line-strong bg-panel',
      )}
    >
      <FileUp size={26} aria-hidden className="mx-auto text-accent-ink" />
      <p className="text-lg font-semi mt-3">Drop your broker’s files here</p>
      <p className="text-ink-2 mt-1 mb-5 max-w-[60ch] mx-auto">
        Several at once are fine. The format is recognised by itself; price files (date, open, high,
        low, close) are too.
      </p>
      <ChooseFiles
        onFiles={onFiles}
        busy={busy}
        look="primary"
        label={busy ? 'Reading the prices …' : 'Choose files'}
      />
      <p className="mt-7 text-sm text-ink-2 max-w-[88ch] mx-auto min-h-8">
        {formats.data && <>Reads {formats.data.map(({ title }) => title).join(' · ')}</>}
      </p>
    </div>
  );
}

interface ChooseFilesProps {
  readonly onFiles: (files: readonly File[]) => void;
  readonly busy?: boolean;
  readonly look: 'primary' | 'plain';
  readonly label: string;
}

export function ChooseFiles({ onFiles, busy = false, look, label }: ChooseFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="files"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button look={look} busy={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
