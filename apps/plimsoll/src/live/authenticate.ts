import { id } from '@plimsoll/contracts';
import type { FastifyRequest } from 'fastify';
import { mainWorkspace } from '../ensure-main-workspace.ts';
import { RequestRefusal } from '../http/problem-reply.ts';

/** Who has opened a socket. */
export interface SocketOwner {
  readonly workspace: string;
  /** Fires when the session that opened it ends; its sockets are closed then. Never where absent. */
  readonly ended?: AbortSignal;
}

/** Says who opens a socket, or refuses it. */
export type Authenticate = (request: FastifyRequest) => SocketOwner;

/**
 * There is no sign-in yet: whoever is at this machine is its owner. The workspace is named by header,
 * or by query where a browser opens the socket.
 */
export const authenticate: Authenticate = (request) => {
  const query = request.query as Readonly<Record<string, unknown>>;
  const named = request.headers['plimsoll-workspace'] ?? query['workspace'] ?? mainWorkspace;
  const parsed = id.safeParse(named);
  if (parsed.success) return { workspace: parsed.data };
  throw new RequestRefusal({
    code: 'request.invalid',
    detail: 'workspace: must be the id of a workspace, such as "main".',
  });
};
