import type { ImportSummary, PricesReply } from '@plimsoll/contracts';
import { useState } from 'react';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { Page } from '../../ui/Page.tsx';
import { Failure } from '../../ui/states.tsx';
import { Dropzone } from './Dropzone.tsx';
import { looksLikePrices } from './import-view.ts';
import { PastImports } from './PastImports.tsx';
import { Preview } from './Preview.tsx';
import { ImportResult, PricesResult } from './Results.tsx';

const headBytes = 2000;

/** From a broker's file to the record: drop, look, take; and back again. */
export function ImportPage() {
  const { workspace } = useScope();
  // Another workspace is another record: nothing chosen for one may be sent to the other.
  return <ImportFlow key={workspace} />;
}

function ImportFlow() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [done, setDone] = useState<ImportSummary | null>(null);
  const [priced, setPriced] = useState<PricesReply | null>(null);
  const prices = useWrite((scope, list: readonly File[]) =>
    scope.client.importPrices(list.map((file) => ({ name: file.name, content: file }))),
  );
  const take = async (dropped: readonly File[]) => {
    const kinds = await Promise.all(
      dropped.map(async (file) =>
        looksLikePrices(file.name, await file.slice(0, headBytes).text()),
      ),
    );
    const priceFiles = dropped.filter((_, index) => kinds[index]);
    const others = dropped.filter((_, index) => !kinds[index]);
    setDone(null);
    setPriced(null);
    if (priceFiles.length > 0) prices.mutate(priceFiles, { onSuccess: setPriced });
    if (others.length > 0) setFiles((before) => [...before, ...others]);
  };
  return (
    <Page
      title="Import"
      status={files.length === 0 ? 'Nothing is recorded before you have seen it' : null}
    >
      {files.length === 0 && <Dropzone onFiles={take} busy={prices.isPending} />}
      {prices.isError && (
        <div className="mt-4">
          <Failure error={prices.error} what="The prices could not be taken" />
        </div>
      )}
      {priced && <PricesResult reply={priced} />}
      {done && <ImportResult summary={done} />}
      {files.length > 0 && (
        <Preview
          files={files}
          onFiles={take}
          onRemove={(file) => setFiles(files.filter((each) => each !== file))}
          onDone={(summary) => {
            setFiles([]);
            setDone(summary);
          }}
        />
      )}
      {files.length === 0 && <PastImports />}
    </Page>
  );
}
