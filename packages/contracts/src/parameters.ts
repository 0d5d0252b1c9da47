import type { Parameter, ParameterTable } from '@plimsoll/kernel';

/** JSON Schema as the document of the API has it. */
export interface JsonSchema {
  readonly [member: string]: unknown;
}

const number: JsonSchema = { type: 'number' };
const text: JsonSchema = { type: 'string' };
const day: JsonSchema = { type: 'string', format: 'date' };
const orNull: JsonSchema = { type: ['number', 'null'] };
const are: JsonSchema = { enum: ['prices', 'returns', 'levels'] };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const byName = (each: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: each });

/** What `readParameters` of `kernel` takes, described for readers and generators of clients. */
export function jsonSchemaOf(table: ParameterTable): JsonSchema {
  const entries = Object.entries(table);
  const required = entries.filter(([, one]) => !('default' in one) && one.optional !== true);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, one]) => [name, described(one)])),
    required: required.map(([name]) => name),
    additionalProperties: false,
  };
}

function described(parameter: Parameter): JsonSchema {
  const { title, help } = parameter;
  const unit = 'unit' in parameter && parameter.unit !== undefined ? ` (${parameter.unit})` : '';
  const description = `${title}${unit}.${help === undefined ? '' : ` ${help}`}`;
  const preset = 'default' in parameter ? { default: parameter.default } : {};
  return { ...schemaOf(parameter), description, ...preset };
}

function schemaOf(parameter: Parameter): JsonSchema {
  switch (parameter.kind) {
    case 'number':
    case 'integer': {
      const { kind, min, max, above, below } = parameter;
      const bounds = {
        minimum: min,
        maximum: max,
        exclusiveMinimum: above,
        exclusiveMaximum: below,
      };
      const given = Object.entries(bounds).filter(([, bound]) => bound !== undefined);
      return { type: kind, ...Object.fromEntries(given) };
    }
    case 'choice':
      return { enum: parameter.of };
    case 'flag':
      return { type: 'boolean' };
    case 'text':
      return text;
    case 'day':
      return day;
    case 'numbers':
      return list(number);
    case 'matrix':
      return list(list(number));
    case 'names':
      return list(text);
    case 'by-name':
      return orFromRecord(byName(number));
    case 'text-by-name':
      return orFromRecord(byName(text));
    case 'series':
      return orFromRecord({
        type: 'object',
        properties: { days: list(day), values: list(orNull), are, name: text },
        required: ['values'],
        additionalProperties: false,
      });
    case 'panel':
      return orFromRecord({
        type: 'object',
        properties: { days: list(day), names: list(text), values: list(list(orNull)), are },
        required: ['names', 'values'],
        additionalProperties: false,
      });
    case 'object':
      return jsonSchemaOf(parameter.fields);
    case 'list':
      return list(described(parameter.of));
    case 'variant':
      return { oneOf: Object.entries(parameter.of).map(variant) };
  }
}

function variant([kind, table]: readonly [string, ParameterTable]): JsonSchema {
  const { properties, required, ...rest } = jsonSchemaOf(table) as {
    readonly properties: object;
    readonly required: readonly string[];
  };
  return {
    ...rest,
    properties: { kind: { const: kind }, ...properties },
    required: ['kind', ...required],
  };
}

/** Data may be given, or taken from the user's own record. */
const orFromRecord = (given: JsonSchema): JsonSchema => ({ anyOf: [given, fromRecord] });

const fromRecord: JsonSchema = {
  type: 'object',
  description:
    'Taken from the record: of a portfolio its returns, the prices of what it holds, its weights or sectors; of an instrument its prices.',
  properties: {
    portfolio: { ...text, description: 'A portfolio or account by id or name, or `all`.' },
    instrument: { ...text, description: 'An instrument by id, symbol, ISIN or name.' },
    instruments: { ...list(text), description: 'Several instruments.' },
    from: day,
    to: day,
    base: { ...text, description: 'Currency.' },
    by: { enum: ['sector', 'country', 'currency', 'kind'], description: 'For groups.' },
  },
  additionalProperties: false,
};
