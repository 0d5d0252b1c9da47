import { id } from '@plimsoll/contracts';
import type { FastifyRequest } from 'fastify';
import { mainWorkspace } from '../ensure-main-workspace.ts';
import { RequestRefusal } from './problem-reply.ts';

/** The workspace that the request names, or the main one. */
export function workspaceOf(request: FastifyRequest): string {
  const named = request.headers['plimsoll-workspace'] ?? mainWorkspace;
  const parsed = id.safeParse(named);
  if (parsed.success) return parsed.data;
  throw new RequestRefusal({
    code: 'request.invalid',
    detail: 'headers.plimsoll-workspace: must be the id of a workspace, such as "main".',
  });
}
