import { type ColumnMapping, type ImportChoices, ProblemError } from '@plimsoll/client';
import type { ImportPreview, ImportSummary } from '@plimsoll/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { accountsQuery, formatsQuery, mappingsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { sentences } from '../../format/sentence.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Section } from '../../ui/Page.tsx';
import { describe, Failure, Note, Skeleton } from '../../ui/states.tsx';
import { ChooseFiles } from './Dropzone.tsx';
import { InstrumentStep } from './InstrumentStep.tsx';
import { brokerOf, suggestAccount, summaryOfProblem, verdictOf } from './import-view.ts';
import { MappingStep } from './MappingStep.tsx';
import { PreviewRows } from './PreviewRows.tsx';
import { Checks } from './Results.tsx';

interface PreviewProps {
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
  readonly onRemove: (file: File) => void;
  readonly onDone: (summary: ImportSummary) => void;
}

const newAccount = '\u0000new';

/** What the files would add, row by row, with everything that can be changed about it. */
export function Preview({ files, onFiles, onRemove, onDone }: PreviewProps) {
  const scope = useScope();
  const given = useSearch({ from: '/import' }).account;
  const accounts = useQuery(accountsQuery(scope));
  const formats = useQuery(formatsQuery(scope));
  const [account, setAccount] = useState<string | null>(given ?? null);
  const [currency, setCurrency] = useState('');
  const [format, setFormat] = useState('');
  const [mapping, setMapping] = useState<ColumnMapping | null>(null);
  const [instruments, setInstruments] = useState<Readonly<Record<string, string>>>({});
  const uploads = files.map((file) => ({ name: file.name, content: file }));
  const [recognised, setRecognised] = useState('');
  const broker = brokerOf(format || recognised, formats.data ?? []);
  const name = (account ?? suggestAccount(accounts.data ?? [], broker)).trim() || broker;
  const known = accounts.data?.some((each) => each.name === name || each.id === name) ?? false;
  const choices: ImportChoices = {
    account: name,
    ...(format ? { format } : {}),
    ...(!known && currency ? { currency } : {}),
    ...(mapping ? { mapping } : {}),
    ...(Object.keys(instruments).length > 0 ? { instruments: { ...instruments } } : {}),
  };
  const preview = useMutation({
    mutationFn: () => scope.client.previewImport(uploads, choices),
    onSuccess: (found) => setRecognised(found.format),
  });
  const asked = JSON.stringify([files.map(fileKey), choices, accounts.isSuccess]);
  const { mutate } = preview;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew whenever what is asked changes
  useEffect(() => {
    if (!accounts.isSuccess) return;
    const timer = setTimeout(() => mutate(), 150);
    return () => clearTimeout(timer);
  }, [asked, mutate]);
  const take = useWrite((at, acceptValid: boolean) =>
    at.client.importFiles(uploads, { ...choices, acceptValid }),
  );
  const importNow = (acceptValid: boolean) => take.mutate(acceptValid, { onSuccess: onDone });
  const found = preview.data;
  return (
    <div className="space-y-7">
      <div className="bg-panel border border-line rounded-lg p-5">
        <ul className="flex flex-wrap items-center gap-2 mb-4">
          {files.map((file) => (
            <li
              key={fileKey(file)}
              className="flex items-center gap-1 pl-3 pr-1 h-8 rounded-md bg-sunken border border-line max-w-full"
            >
              <span className="truncate font-med">{file.name}</span>
              <span className="text-ink-3 text-sm ml-1 whitespace-nowrap">
                {sizeText(file.size)}
              </span>
              <IconButton
                label={`Take ${file.name} away`}
                className="size-6!"
                onClick={() => onRemove(file)}
              >
                <X size={13} aria-hidden />
              </IconButton>
            </li>
          ))}
          <li>
            <ChooseFiles onFiles={onFiles} look="plain" label="Add files" />
          </li>
        </ul>
        <div className="grid sm:grid-cols-3 gap-4 items-start max-w-[860px]">
          <AccountChoice
            accounts={accounts.data ?? []}
            name={name}
            isKnown={known}
            onChange={setAccount}
          />
          {!known && (
            <Field label="Its currency" hint="Left empty, the file decides.">
              {(control) => (
                <input
                  {...control}
                  className="control"
                  maxLength={12}
                  placeholder="by the file"
                  value={currency}
                  onChange={(event) => setCurrency(event.target.value.toUpperCase())}
                />
              )}
            </Field>
          )}
          <Field
            label="Format"
            hint={found && !format ? 'Recognised by itself' : format ? 'Chosen by you' : undefined}
          >
            {(control) => (
              <select
                {...control}
                className="control"
                value={format || found?.format || ''}
                onChange={(event) => setFormat(event.target.value)}
              >
                {!found?.format && !format && <option value="">Recognising …</option>}
                {formats.data?.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </div>
      {preview.isError && <PreviewFailure error={preview.error} onRetry={() => mutate()} />}
      {!found && preview.isPending && (
        <div role="status" aria-label="Reading the files">
          <Skeleton className="h-16 w-full mb-4" />
          <Skeleton className="h-80 w-full" />
        </div>
      )}
      {found && !preview.isError && (
        <div
          aria-busy={preview.isPending}
          className={preview.isPending ? 'opacity-60 space-y-7' : 'space-y-7'}
        >
          <Found
            preview={found}
            mapping={mapping}
            onMapping={setMapping}
            instruments={instruments}
            onInstruments={setInstruments}
          />
          <TakeBar
            preview={found}
            busy={take.isPending || preview.isPending}
            error={take.error}
            onTake={importNow}
          />
        </div>
      )}
    </div>
  );
}

const fileKey = (file: File) => `${file.name} ${file.size} ${file.lastModified}`;

function sizeText(bytes: number): string {
  return bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 ** 2
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

interface AccountChoiceProps {
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly name: string;
  readonly isKnown: boolean;
  readonly onChange: (name: string) => void;
}

function AccountChoice({ accounts, name, isKnown, onChange }: AccountChoiceProps) {
  const [typing, setTyping] = useState<string | null>(null);
  const list = accounts.length > 0;
  return (
    <>
      {list && (
        <Field label="Into account">
          {(control) => (
            <select
              {...control}
              className="control"
              value={
                isKnown ? (accounts.find((each) => each.id === name)?.name ?? name) : newAccount
              }
              onChange={(event) =>
                onChange(event.target.value === newAccount ? 'New account' : event.target.value)
              }
            >
              {accounts.map((each) => (
                <option key={each.id} value={each.name}>
                  {each.name}
                </option>
              ))}
              <option value={newAccount}>A new account …</option>
            </select>
          )}
        </Field>
      )}
      {!isKnown && (
        <Field label={list ? 'Its name' : 'Into a new account named'}>
          {(control) => (
            <input
              {...control}
              className="control"
              maxLength={80}
              value={typing ?? name}
              onChange={(event) => setTyping(event.target.value)}
              onBlur={() => {
                if (typing?.trim()) onChange(typing.trim());
                setTyping(null);
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}

function PreviewFailure({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry: () => void;
}) {
  return <Failure error={error} what="The files could not be read" onRetry={onRetry} />;
}

interface FoundProps {
  readonly preview: ImportPreview;
  readonly mapping: ColumnMapping | null;
  readonly onMapping: (mapping: ColumnMapping) => void;
  readonly instruments: Readonly<Record<string, string>>;
  readonly onInstruments: (instruments: Readonly<Record<string, string>>) => void;
}

function Found({ preview, mapping, onMapping, instruments, onInstruments }: FoundProps) {
  const saved = useQuery(mappingsQuery(useScope()));
  const map =
    preview.columns.length > 0 &&
    (preview.suggestedMapping !== null || mapping !== null || preview.added === 0);
  // What is refused stands before all else: it is what needs the user.
  const rows = preview.rows.length > 0 && <PreviewRows preview={preview} />;
  const refused = preview.refused.length > 0;
  return (
    <>
      {map && (
        <MappingStep
          key={preview.columns.join()}
          columns={preview.columns}
          suggested={mapping ?? preview.suggestedMapping}
          saved={saved.data ?? []}
          onUse={onMapping}
        />
      )}
      {refused && !map && rows}
      {preview.checks.length > 0 && (
        <Section title="Against the file’s own totals">
          <Checks checks={preview.checks} />
        </Section>
      )}
      {preview.instruments.length > 0 && (
        <InstrumentStep
          matches={preview.instruments}
          chosen={instruments}
          onChange={onInstruments}
        />
      )}
      {!(refused && !map) && rows}
    </>
  );
}

interface TakeBarProps {
  readonly preview: ImportPreview;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onTake: (acceptValid: boolean) => void;
}

/** The one decision, always in sight. */
function TakeBar({ preview, busy, error, onTake }: TakeBarProps) {
  const verdict = verdictOf(preview);
  const summary = error instanceof ProblemError ? summaryOfProblem(error.problem) : null;
  const rows = `${preview.added} ${preview.added === 1 ? 'row' : 'rows'}`;
  const refusedRows = `${preview.refused.length} ${preview.refused.length === 1 ? 'row is' : 'rows are'}`;
  const text = {
    all: `${rows} can be added.`,
    valid: `${refusedRows} refused. Mend the file and drop it again, or take only what is valid.`,
    'none-valid': 'No row can be added. The list says what would mend each.',
    known: 'Every row is recorded already. There is nothing to add.',
    nothing: 'There are no transactions in these files.',
    map: 'Say what the columns mean, then the rows appear here.',
  }[verdict.kind];
  return (
    <div className="sticky bottom-16 lg:bottom-0 z-10 -mx-4 sm:mx-0 px-4 py-3 bg-panel border-t sm:border border-line-strong sm:rounded-lg lg:mb-4">
      {error && (
        <div role="alert" className="mb-3">
          <Note tone="bad">
            {describe(error)}
            {summary &&
              summary.refused.length > 0 &&
              sentences(` First: line ${summary.refused[0]?.line}, ${summary.refused[0]?.reason}`)}
          </Note>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <p className="grow basis-60" role="status">
          {text}
        </p>
        {verdict.kind === 'all' && (
          <Button look="primary" busy={busy} onClick={() => onTake(false)}>
            Import {rows}
          </Button>
        )}
        {verdict.kind === 'valid' && (
          <Button look="primary" busy={busy} onClick={() => onTake(true)}>
            Take {rows} only
          </Button>
        )}
      </div>
    </div>
  );
}
