import type { Parameter, ParameterTable } from '@plimsoll/kernel';
import type { Call, Option } from '../command.ts';
import { UsageRefusal } from '../refusals.ts';
import { readByName, readJson, readPanelFile, readSeriesFile } from './data-files.ts';

/** `riskFree` → `risk-free`. */
const optionName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const placeholders: Readonly<Record<Parameter['kind'], string | undefined>> = {
  number: 'NUMBER',
  integer: 'NUMBER',
  choice: 'WORD',
  flag: undefined,
  text: 'TEXT',
  day: 'DATE',
  numbers: 'N,N,…',
  matrix: 'FILE.json',
  names: 'NAME,…',
  'by-name': 'NAME=N,… or FILE',
  'text-by-name': 'NAME=TEXT,… or FILE',
  series: 'FILE.csv',
  panel: 'FILE.csv',
  object: 'JSON or FILE',
  list: 'JSON or FILE',
  variant: 'JSON or FILE',
};

/** An option of the command line for each parameter of the tables; of the same name, the first. */
export function parameterOptions(...tables: readonly ParameterTable[]): Record<string, Option> {
  const options: Record<string, Option> = {};
  for (const table of tables) {
    for (const [name, parameter] of Object.entries(table)) {
      options[optionName(name)] ??= optionOf(parameter);
    }
  }
  return options;
}

function optionOf(parameter: Parameter): Option {
  const { title, help } = parameter;
  const choices = parameter.kind === 'choice' ? ` One of ${parameter.of.join(', ')}.` : '';
  const unit = 'unit' in parameter && parameter.unit !== undefined ? ` (${parameter.unit})` : '';
  const preset =
    'default' in parameter && parameter.default !== undefined && parameter.kind !== 'flag'
      ? ` ${String(parameter.default)} if not given.`
      : '';
  const text = `${title}${unit}.${help === undefined ? '' : ` ${help}`}${choices}${preset}`;
  const value = placeholders[parameter.kind];
  return value === undefined
    ? { type: 'boolean', help: text }
    : { type: 'string', value, help: text };
}

/** What was given on the command line, as the values of the table; files are read. */
export async function parameterValues(
  call: Call,
  table: ParameterTable,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(table)) {
    const option = optionName(name);
    if (parameter.kind === 'flag') {
      if (call.flag(option)) values[name] = true;
      continue;
    }
    const text = call.text(option);
    if (text !== undefined) values[name] = await givenValue(call, parameter, text, option);
  }
  return values;
}

async function givenValue(
  call: Call,
  parameter: Parameter,
  text: string,
  option: string,
): Promise<unknown> {
  switch (parameter.kind) {
    case 'number':
    case 'integer':
      return readNumber(text, option);
    case 'numbers':
      return text.split(',').map((each) => readNumber(each, option));
    case 'names':
      return text.split(',').map((each) => each.trim());
    case 'by-name':
      return readByName(text, option, (each) => readNumber(each, option));
    case 'text-by-name':
      return readByName(text, option, (each) => each);
    case 'series':
      return readSeriesFile(call, text, call.text('column'));
    case 'panel':
      return readPanelFile(call, text, parameter.of);
    case 'matrix':
    case 'object':
    case 'list':
    case 'variant':
      return readJson(text, option);
    default:
      return text;
  }
}

/** `5 %` is 0.05. */
function readNumber(text: string, option: string): number {
  const trimmed = text.trim();
  const percent = trimmed.endsWith('%');
  const value = Number(percent ? trimmed.slice(0, -1) : trimmed);
  if (trimmed === '' || !Number.isFinite(value)) {
    throw new UsageRefusal(`--${option}: "${text}" is no number.`);
  }
  return percent ? value / 100 : value;
}
