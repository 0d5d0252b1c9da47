import type {
  Constituents,
  EtlMapping,
  EtlReport,
  EtlRun,
  Exposure,
  FundamentalReply,
  IndexMemberReply,
  InstrumentNameReply,
  Resolution,
} from '@plimsoll/contracts';
import type {
  EtlOptions,
  ExposureQuery,
  FundamentalsQuery,
  NewConstituents,
  NewInstrumentName,
  ResolveQuery,
  UploadedFile,
} from './inputs.ts';
import type { Send } from './transport.ts';

interface Verbs {
  readonly send: <T>(request: Send) => Promise<T>;
  readonly get: <T>(path: string, query?: object, signal?: AbortSignal) => Promise<T>;
  readonly list: <T>(path: string, query?: object, signal?: AbortSignal) => Promise<T[]>;
}

const at = (id: string): string => `/instruments/${encodeURIComponent(id)}`;

/** The options come first, so that a server reading the parts in order has them before the files. */
export function formOf(files: readonly UploadedFile[], options: object): FormData {
  const form = new FormData();
  form.set('options', JSON.stringify(options));
  for (const file of files) form.append('files', file.content, file.name);
  return form;
}

/** Requests about instruments beside prices and actions, and loads of files. */
export function referenceClient({ send, get, list }: Verbs) {
  return {
    resolve: (query: ResolveQuery, signal?: AbortSignal) =>
      get<Resolution>('/instruments/search', query, signal),
    instrumentNames: (id: string, signal?: AbortSignal) =>
      list<InstrumentNameReply>(`${at(id)}/names`, undefined, signal),
    addInstrumentName: async (id: string, body: NewInstrumentName) =>
      (
        await send<{ items: InstrumentNameReply[] }>({
          method: 'POST',
          path: `${at(id)}/names`,
          body,
        })
      ).items,
    constituents: (id: string, on?: string, signal?: AbortSignal) =>
      get<Constituents>(`${at(id)}/constituents`, { on }, signal),
    setConstituents: (id: string, body: NewConstituents) =>
      send<Constituents>({ method: 'PUT', path: `${at(id)}/constituents`, body }),
    exposure: (query: ExposureQuery, signal?: AbortSignal) =>
      get<Exposure>('/exposure', query, signal),
    fundamentals: (query: FundamentalsQuery, signal?: AbortSignal) =>
      list<FundamentalReply>('/fundamentals', query, signal),
    indices: (signal?: AbortSignal) => list<string>('/indices', undefined, signal),
    indexMembers: (index: string, on?: string, signal?: AbortSignal) =>
      list<IndexMemberReply>('/indices/members', { index, on }, signal),
    previewEtl: (files: readonly UploadedFile[], options: EtlOptions) =>
      send<EtlReport>({ method: 'POST', path: '/etl/preview', form: formOf(files, options) }),
    runEtl: (files: readonly UploadedFile[], options: EtlOptions) =>
      send<EtlReport>({ method: 'POST', path: '/etl', form: formOf(files, options) }),
    etlRuns: (limit: number, signal?: AbortSignal) => list<EtlRun>('/etl/runs', { limit }, signal),
    etlRun: (id: string, signal?: AbortSignal) =>
      get<EtlRun>(`/etl/runs/${encodeURIComponent(id)}`, undefined, signal),
    etlRefusedRows: (id: string) => get<string>(`/etl/runs/${encodeURIComponent(id)}/refused`),
    etlMappings: (signal?: AbortSignal) => list<EtlMapping>('/etl/mappings', undefined, signal),
    saveEtlMapping: (body: EtlMapping) =>
      send<EtlMapping>({ method: 'PUT', path: '/etl/mappings', body }),
  };
}
