import { escapeHtml, htmlPage } from './markup.ts';

/** The parts of a JSON schema that the page shows. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly additionalProperties?: Schema | boolean;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Body {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses?: Readonly<Record<string, Body>>;
}

/** The parts of an OpenAPI document that the page shows. */
export interface OpenApi {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description?: string;
  };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** The page of the API, from its own document: every operation, closed until it is opened. */
export function apiPage(document: OpenApi): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const areas = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'other');
  const names = [...areas.keys()];
  const links = [...names, 'schemas'].map((name) => `<li><a href="#${id(name)}">${name}</a></li>`);
  const sections = names.map(
    (name) =>
      `<h2 id="${id(name)}">${escapeHtml(name)}</h2>\n${(areas.get(name) ?? []).map(operationHtml).join('\n')}`,
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${id(name)}"><summary><code>${escapeHtml(name)}</code></summary><div>${schemaHtml(schema)}</div></details>`,
  );
  return htmlPage(
    `${document.info.title} API`,
    [
      `<h1>${escapeHtml(document.info.title)} API</h1>`,
      `<p>${escapeHtml(document.info.description ?? '')} Version ${escapeHtml(document.info.version)}.</p>`,
      '<p>Every write but the demo and the preview of an import needs an <code>Idempotency-Key</code>. Exact numbers are text. Refusals are <a href="/docs/problems">problem documents</a>. The whole as a document for programs: <a href="/openapi.json">openapi.json</a>.</p>',
      `<nav aria-label="Areas"><ul>${links.join('')}</ul></nav>`,
      ...sections,
      '<h2 id="schemas">schemas</h2>',
      ...schemas,
    ].join('\n'),
  );
}

const id = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '-');

function operationHtml(one: { method: string; path: string; operation: Operation }): string {
  const { method, path, operation } = one;
  const { summary = '', description, parameters = [], requestBody, responses = {} } = operation;
  return [
    `<details id="${id(operation.operationId ?? `${method}${path}`)}"><summary><span class="method">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code> <span class="dim">${escapeHtml(summary)}</span></summary><div>`,
    description === undefined ? '' : `<p>${escapeHtml(description)}</p>`,
    parameters.length > 0 ? `<h3>Parameters</h3>${parameterTable(parameters)}` : '',
    requestBody ? `<h3>Body</h3>${bodyHtml(requestBody)}` : '',
    ...Object.entries(responses).map(
      ([status, body]) =>
        `<h3>${status === 'default' ? 'Otherwise' : `Answer ${escapeHtml(status)}`}</h3>${bodyHtml(body)}`,
    ),
    '</div></details>',
  ].join('\n');
}

function parameterTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map(
    ({ name, in: place, required, description = '', schema = {} }) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${escapeHtml(place)}${required ? ', required' : ''}</td><td>${typeHtml(schema)}</td><td>${escapeHtml(description || schema.description || '')}</td></tr>`,
  );
  return table(['Name', 'Where', 'Type', 'Meaning'], rows);
}

const bodyHtml = ({ description = '', content = {} }: Body): string =>
  [
    description === '' ? '' : `<p class="dim">${escapeHtml(description)}</p>`,
    ...Object.entries(content).map(
      ([media, { schema = {} }]) => `<p><code>${escapeHtml(media)}</code></p>${schemaHtml(schema)}`,
    ),
  ].join('\n');

function schemaHtml(schema: Schema): string {
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices?.some(({ properties }) => properties)) {
    return choices.map((choice) => schemaHtml(choice)).join('<p class="dim">or</p>');
  }
  if (!schema.properties) return `<p>${typeHtml(schema)}</p>`;
  const rows = Object.entries(schema.properties).map(
    ([name, member]) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${typeHtml(member)}${schema.required?.includes(name) ? '' : ' <span class="dim">optional</span>'}</td><td>${escapeHtml(member.description ?? '')}</td></tr>`,
  );
  return table(['Member', 'Type', 'Meaning'], rows);
}

const table = (titles: readonly string[], rows: readonly string[]): string =>
  `<table><thead><tr>${titles.map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

function typeHtml(schema: Schema): string {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#schema-${id(name)}">${escapeHtml(name)}</a>`;
  }
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map(typeHtml).join(' or ');
  if (schema.const !== undefined) return `<code>${escapeHtml(JSON.stringify(schema.const))}</code>`;
  if (schema.enum)
    return schema.enum.map((one) => `<code>${escapeHtml(String(one))}</code>`).join(', ');
  if (schema.items) return `list of ${typeHtml(schema.items)}`;
  if (schema.properties) {
    return `{ ${Object.keys(schema.properties)
      .map((name) => `<code>${escapeHtml(name)}</code>`)
      .join(', ')} }`;
  }
  const type = [schema.type ?? 'anything'].flat().join(' or ');
  const fallback =
    schema.default === undefined
      ? ''
      : `, default <code>${escapeHtml(JSON.stringify(schema.default))}</code>`;
  return `${escapeHtml(type)}${fallback}`;
}
