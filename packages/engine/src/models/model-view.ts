import { type ModelTask, scoresOfTask } from '@plimsoll/analytics/learning';
import type { ModelStageChange, StoredModel } from '@plimsoll/ports';
import { learntTrust } from './model-figures.ts';
import { factsOf, type LearntFacts, learntOf } from './model-file.ts';
import { modelName } from './model-name.ts';
import type { ModelDetailView, ModelScore, ModelView } from './model-use-cases.ts';

/** A model as lists show it. */
export function modelView(model: StoredModel): ModelView {
  const { name, version, title, kind, stage, createdAt, createdBy, runId } = model;
  const facts = factsOf(model);
  const learnt = facts.origin === 'training' ? facts : null;
  const { task, timeframe } = facts;
  return {
    id: modelName(model),
    ...{ name, version, title, kind, task, stage, createdAt, createdBy, runId, timeframe },
    learnt: learntOf(facts),
    rows: learnt?.data.rows ?? null,
    instruments: learnt?.data.instruments ?? [],
    scores: learnt === null ? [] : scoresOf(task, learnt),
    warnings: learnt?.warnings ?? [],
    tries: learnt?.tries ?? null,
    parent:
      learnt?.parent == null
        ? null
        : modelName({ name: learnt.parent.id, version: learnt.parent.version }),
  };
}

/** A model with where it comes from, and who trusted it. */
export function modelDetail(
  model: StoredModel,
  stages: readonly ModelStageChange[],
): ModelDetailView {
  const facts = factsOf(model);
  const learnt = facts.origin === 'training' ? facts : null;
  return {
    ...modelView(model),
    features: facts.features.features.map((each) => ({ ...each })),
    featureVersion: facts.featureVersion,
    label: learnt?.label ?? null,
    params: learnt?.params ?? {},
    dataFingerprint: learnt?.data.fingerprint ?? null,
    codeVersion: learnt?.codeVersion ?? null,
    seed: learnt?.seed ?? null,
    sha256: model.sha256,
    size: model.size,
    stages,
    trust:
      learnt === null
        ? ['It learnt elsewhere: how it was judged is not known here.']
        : learntTrust(learnt),
  };
}

const scoresOf = (task: ModelTask, { scores, mean, last }: LearntFacts): ModelScore[] =>
  scoresOfTask[task].map(({ id, title, better }) => ({
    ...{ id, title, better },
    value: scores[id] ?? null,
    mean: mean[id] ?? null,
    last: last[id] ?? null,
  }));
