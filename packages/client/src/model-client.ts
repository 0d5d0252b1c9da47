import type { ModelDetailReply, ModelDriftReply, ModelReply } from '@plimsoll/contracts';
import type { ModelStageInput, ModelsQuery, UploadedFile } from './inputs.ts';
import { formOf } from './reference-client.ts';
import type { Send } from './transport.ts';

interface Verbs {
  readonly send: <T>(request: Send) => Promise<T>;
  readonly get: <T>(path: string, query?: object, signal?: AbortSignal) => Promise<T>;
  readonly list: <T>(path: string, query?: object, signal?: AbortSignal) => Promise<T[]>;
}

const at = (id: string): string => `/models/${encodeURIComponent(id)}`;

/** Requests about models that have learnt. */
export const modelClient = ({ send, get, list }: Verbs) => ({
  models: (query: ModelsQuery = {}, signal?: AbortSignal) =>
    list<ModelReply>('/models', query, signal),
  model: (id: string, signal?: AbortSignal) => get<ModelDetailReply>(at(id), undefined, signal),
  /** The page of a model, HTML. */
  modelCard: (id: string, signal?: AbortSignal) =>
    send<Uint8Array>({
      method: 'GET',
      path: `${at(id)}/card`,
      bytes: true,
      ...(signal ? { signal } : {}),
    }),
  modelDrift: (id: string, signal?: AbortSignal) =>
    get<ModelDriftReply>(`${at(id)}/drift`, undefined, signal),
  setModelStage: (id: string, body: ModelStageInput) =>
    send<ModelDetailReply>({ method: 'POST', path: `${at(id)}/stage`, body }),
  importModel: (files: readonly UploadedFile[], options: { readonly name: string }) =>
    send<ModelDetailReply>({ method: 'POST', path: '/models', form: formOf(files, options) }),
});
