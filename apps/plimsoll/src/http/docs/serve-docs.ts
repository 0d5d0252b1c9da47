import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApi, problems } from '@plimsoll/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { root } from '../../config.ts';
import { sendProblem } from '../problem-reply.ts';
import { apiPage, type OpenApi } from './api-page.ts';
import { htmlPage, renderMarkdown } from './markup.ts';
import { docsStyle } from './style.ts';

/** The pages of the problems, one file a code. */
export const problemFolder = join(root, 'docs', 'problems');

/** `/openapi.json`, the page of the API, the document of the events and a page for every problem. */
export function serveDocs(app: FastifyInstance): void {
  let page: string | undefined;
  const document = () => app.swagger() as OpenApi;
  app.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(document())),
  );
  app.get('/docs', async (_request, reply) => {
    page ??= apiPage(document());
    return sendPage(reply, page);
  });
  app.get('/docs/asyncapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(asyncApi())),
  );
  app.get('/docs/style.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(docsStyle),
  );
  app.get('/docs/problems', async (_request, reply) => sendPage(reply, problemList));
  app.get<{ Params: { code: string } }>('/docs/problems/:code', async (request, reply) => {
    const { code } = request.params;
    const file = join(problemFolder, `${code}.md`);
    if (!Object.hasOwn(problems, code) || !existsSync(file)) {
      const detail = `There is no problem of the code "${code.slice(0, 80)}". They are listed at /docs/problems.`;
      return sendProblem(reply, { code: 'request.not-found', detail });
    }
    return sendPage(reply, htmlPage(code, renderMarkdown(readFileSync(file, 'utf8'))));
  });
}

const problemList = htmlPage(
  'Problems',
  `<h1>Problems</h1><ul>${Object.entries(problems)
    .map(
      ([code, { status, title }]) =>
        `<li><a href="/docs/problems/${code}"><code>${code}</code></a> ${status} <span class="dim">${title}</span></li>`,
    )
    .join('')}</ul><p><a href="/docs">The API</a></p>`,
);

const sendPage = (reply: FastifyReply, page: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
