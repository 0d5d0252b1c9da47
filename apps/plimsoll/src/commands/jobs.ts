import type { Call, Command } from '../cli/command.ts';
import { followJob, progressLine } from '../cli/market/follow-job.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

export const command: Command = {
  summary: 'Work in the background: see it, wait for it, cancel it.',
  usage: ['jobs', 'jobs ID', 'jobs wait ID', 'jobs cancel ID'],
  notes: [
    'A job that was interrupted goes on by itself: at the next start of the server, or of a command',
    'that works with providers.',
  ],
  run: async (call) => {
    const [first, id] = call.positionals;
    if (first === undefined) return listJobs(call);
    if (first === 'cancel') return cancelJob(call, requireArgument(id, 'ID'));
    if (first === 'wait') return waitForJob(call, requireArgument(id, 'ID'));
    if (id !== undefined) throw new UsageRefusal(`There is no "jobs ${first}".`);
    return showJob(call, first);
  },
};

async function listJobs(call: Call): Promise<void> {
  const engine = await call.engine();
  const jobs = taken(await engine.jobs(call.workspace, 20));
  if (call.json) return call.output.json(jobs);
  if (jobs.length === 0) return call.output.print('There are no jobs yet.');
  const rows = jobs.map((job) => [
    job.id,
    plain(job.title),
    job.state,
    `${job.done} of ${job.total}`,
    job.failed === 0 ? '' : String(job.failed),
    job.createdAt.slice(0, 16).replace('T', ' '),
  ]);
  call.output.print(table(columns, rows));
}

async function showJob(call: Call, id: string): Promise<void> {
  const engine = await call.engine();
  const job = taken(await engine.job(call.workspace, id));
  if (call.json) return call.output.json(job);
  call.output.print(`${progressLine(job)}, ${job.state}`);
  if (job.error !== '') call.output.print(plain(job.error));
  for (const { label, state, note } of job.items) {
    call.output.print(plain(`  ${label}: ${state}, ${note}`));
  }
}

async function waitForJob(call: Call, id: string): Promise<void> {
  const engine = await call.engine();
  await engine.resumeJobs();
  await followJob(call, engine, taken(await engine.job(call.workspace, id)));
}

async function cancelJob(call: Call, id: string): Promise<void> {
  const engine = await call.engine();
  const job = written(await engine.cancelJob(call.workspace, id, { actor: 'owner' }));
  if (call.json) return call.output.json(job);
  call.output.print(plain(`${job.title}: ${job.state}.`));
}

const columns = [
  { title: 'Id' },
  { title: 'Job' },
  { title: 'State' },
  { title: 'Done', right: true },
  { title: 'Failed', right: true },
  { title: 'Asked' },
];
