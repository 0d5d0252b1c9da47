import {
  model,
  modelDetail,
  modelDrift,
  modelId,
  modelImport,
  modelStage,
  modelsQuery,
} from '@plimsoll/contracts';
import type { EngineFault } from '@plimsoll/engine';
import type { Result } from '@plimsoll/kernel';
import { z } from 'zod';
import { type Area, listOf, type RouteKit } from '../route-kit.ts';

const byId = z.object({ id: modelId });

/** A copy: the contract knows no lists that cannot be changed. */
const copied = <S extends z.ZodType>(found: Result<unknown, EngineFault>, _: S) =>
  found.ok ? { ok: true as const, value: structuredClone(found.value) as z.output<S> } : found;

/** Models that have learnt, with their cards, their drift and who trusts them. */
export const area: Area = (kit) => {
  reading(kit);
  changing(kit);
};

function reading(kit: RouteKit): void {
  const list = listOf(model);
  kit.get(
    '/models',
    {
      summary: 'List the models',
      description: 'By name, the newest version first.',
      query: modelsQuery,
      reply: list,
    },
    async ({ engine, workspace, query }) => {
      const found = await engine.models(workspace, query);
      return found.ok ? copied({ ok: true, value: { items: found.value } }, list) : found;
    },
  );
  kit.get(
    '/models/:id',
    {
      summary: 'Show a model with where it comes from',
      params: byId,
      reply: modelDetail,
    },
    async ({ engine, workspace, params }) =>
      copied(await engine.model(workspace, params.id), modelDetail),
  );
  kit.bytes(
    '/models/:id/card',
    {
      summary: 'Download the page of a model',
      description:
        'One HTML file: what it foretells, from what it learnt, how it did beside the baselines, and where its limits are.',
      params: byId,
    },
    ({ engine, workspace, params }) => engine.modelCard(workspace, params.id),
  );
  kit.get(
    '/models/:id/drift',
    {
      summary: 'Hold the days since a model learnt against those from which it did',
      description:
        'Of the same instruments: how features and predictions lie, and how well it foretold where labels are known by now.',
      params: byId,
      reply: modelDrift,
    },
    async ({ engine, workspace, params }) =>
      copied(await engine.modelDrift(workspace, params.id), modelDrift),
  );
}

function changing(kit: RouteKit): void {
  kit.write(
    'POST',
    '/models/:id/stage',
    {
      summary: 'Accept a model, or retire it',
      description:
        'With the reason, which is kept. A run that names no version takes an accepted one.',
      params: byId,
      body: modelStage,
      reply: modelDetail,
    },
    async ({ engine, workspace, params, body, options }) => {
      const found = await engine.setModelStage(workspace, params.id, body, options);
      return found.ok ? { ok: true, value: structuredClone(found.value) as Kept } : found;
    },
  );
  kit.upload(
    '/models',
    {
      summary: 'Bring in a model that learnt elsewhere',
      description:
        'Multipart: a part named `files` with the model (.onnx), another with features.json, and one named `options` with JSON.',
      options: modelImport,
      reply: modelDetail,
      status: 201,
    },
    async ({ engine, workspace, files, choices, options }) => {
      const found = await engine.importModel(workspace, files, choices, options);
      return found.ok ? { ok: true, value: structuredClone(found.value) as Kept } : found;
    },
  );
}

interface Kept {
  readonly value: z.output<typeof modelDetail>;
  readonly replayed: boolean;
}
