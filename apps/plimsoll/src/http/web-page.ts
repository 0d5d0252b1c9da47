import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './problem-reply.ts';

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Plimsoll</title>
<p>The server runs, but the web page has not been built. Stop it and start it with <code>npm start</code>.
<p><a href="/docs">The API is described here.</a>
`;

/**
 * Serves the built page. A navigation to any address that is not the API's gets the page, which
 * shows the screen of that address; anything else that is not there is a problem.
 */
export async function serveWebPage(app: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      cacheControl: false,
      dotfiles: 'ignore',
      // The page's own build record is nobody's business.
      allowedPath: (path) => !path.startsWith('/.'),
      setHeaders: (reply, path) => {
        reply.header('cache-control', cachingOf(path));
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (!isNavigation(request)) return sendProblem(reply, nothingHere(request));
    if (built) return reply.code(200).sendFile('index.html');
    return reply.code(200).type('text/html; charset=utf-8').send(notBuilt);
  });
}

/** Files under `assets/` carry their hash in their name. */
const cachingOf = (path: string): string =>
  /[/\\]assets[/\\]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';

const ofTheApi = /^\/(?:v1|docs|openapi\.json)(?:[/?]|$)/;

function isNavigation({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return !ofTheApi.test(url) && (headers.accept ?? '').includes('text/html');
}

const nothingHere = ({ method, url }: FastifyRequest) => ({
  code: 'request.not-found' as const,
  detail: `There is nothing at ${method} ${url.split('?')[0]?.slice(0, 200)}. The addresses are listed at /docs.`,
});
