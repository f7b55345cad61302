/**
 * `raceproof serve`: serves the pages on this machine, and a verdict whenever a lab is saved. `npm start` runs it.
 *
 * Listens at once, only on 127.0.0.1, builds the pages meanwhile if necessary, and runs until Ctrl-C.
 */

import { join } from 'node:path';
import type { Lab } from '../../course/lab.ts';
import { labs } from '../../course/labs.ts';
import type { GradeProgress } from '../../grader/grade.ts';
import { notices, reportForTerminal } from '../../grader/report/terminal.ts';
import { UsageError } from '../arguments.ts';
import { cloneRoot, labFolder } from '../clone.ts';
import { comparedWithSolution } from '../compare/with-solution.ts';
import { Interrupted } from '../interrupted.ts';
import type { Io } from '../io.ts';
import { readLearnerFiles } from '../learner-files.ts';
import { gradeOnSave } from '../on-save/grade-on-save.ts';
import { GradingProcesses } from '../on-save/grading-processes.ts';
import { forgetOrigin, noteOrigin } from '../pages-served.ts';
import { replayToken } from '../replaying.ts';
import { answerWith } from '../server/api.ts';
import { CoursePages } from '../server/course-pages.ts';
import { EventHub } from '../server/events.ts';
import { type GradingSoFar, GradingTally } from '../server/grading-so-far.ts';
import { DEFAULT_PORT, type RunningServer, startServer } from '../server/server.ts';
import { pagesFolder } from '../server/site-build.ts';
import { Verdicts } from '../server/verdicts.ts';
import { watchLabs } from '../server/watch.ts';
import { typeNotices } from '../type-notices.ts';
import type { Command } from './command.ts';

export const SERVE_COMMAND: Command = {
  name: 'serve',
  positionals: [],
  options: { port: { type: 'number', says: `the port to listen on; ${DEFAULT_PORT} unless it is taken` } },
  async run(given, io) {
    const port = given.number('port');
    if (port !== undefined && port > 65_535) throw new UsageError(`--port needs a number up to 65535, not ${port}.`);
    const events = new EventHub();
    const coursePages = await CoursePages.lookAt(events);
    let origin: string | undefined;
    const processes = new GradingProcesses();
    const verdicts = makeVerdicts(events, () => origin, processes, io);
    const pages = answerWith({
      pages: pagesFolder(),
      noPages: () => coursePages.missing(),
      events,
      latest: (slug) => verdicts.latest(slug),
      replay: replayToken,
      files: (lab) => filesOf(lab, io),
      comparison: (lab) => comparedWithSolution(lab, io.clone),
    });
    const server = await startServer(port ?? DEFAULT_PORT, port === undefined, pages);
    if (server === null)
      throw new UsageError(
        `${takenPort(port)} is taken. Name another one: npm start -- --port ${(port ?? DEFAULT_PORT) + 1}`,
      );
    origin = server.origin;
    await noteOrigin(origin, io.clone);
    const watching = await watchLabs(join(cloneRoot(), 'labs'), labs, (lab) => verdicts.request(lab));
    greet(server, port, coursePages, io);
    const built = bringUpToDate(coursePages, io).then(() => processes.prepare());
    await stopped(io.signal);
    watching.close();
    await built;
    processes.close();
    const idle = verdicts.close();
    events.close();
    await server.close();
    await forgetOrigin(io.clone);
    await idle;
    throw new Interrupted();
  },
};

function takenPort(port: number | undefined): string {
  return `Port ${port ?? DEFAULT_PORT}`;
}

function greet(server: RunningServer, port: number | undefined, { state }: CoursePages, io: Io): void {
  if (server.port !== (port ?? DEFAULT_PORT)) io.err(`Port ${DEFAULT_PORT} is taken; this is the next free one.\n`);
  io.out(`The pages: ${server.origin}/\n`);
  if (state === 'missing')
    io.err('They are being built, once: that takes a minute or two, and the address waits for them.\n');
  if (state === 'stale')
    io.err('The sources have changed: the pages are built again, and the old ones shown meanwhile.\n');
  io.out(`Save a file in labs/ and its verdict appears here and on its page. Ctrl-C ends.\n`);
}

async function bringUpToDate(pages: CoursePages, io: Io): Promise<void> {
  const outcome = await pages.bringUpToDate(io.signal);
  if (outcome.kind === 'built') io.err('The pages are built.\n');
  if (outcome.kind !== 'failed') return;
  const rest = pages.state === 'missing' ? 'there are none to show' : 'the old ones are shown';
  io.err(`${outcome.reason}\nThe pages could not be built; ${rest}. Grading on save works all the same.\n`);
}

/** The learner's files as they are now; none if they can't be read. */
async function filesOf(lab: Lab, io: Io): Promise<Readonly<Record<string, string>>> {
  const read = await readLearnerFiles(lab, io.clone.lab(lab.slug), `labs/${lab.slug}`);
  return read?.kind === 'read' ? Object.fromEntries(read.files) : {};
}

/** Pages hear of progress at most this often, in milliseconds. */
const PROGRESS_EVERY_MS = 100;

/** Sends what has been explored so far, but not every step of it. A failure is news, and is sent at once. */
function tellProgress(lab: Lab, events: EventHub): (progress: GradeProgress, phase: GradingSoFar['phase']) => void {
  const tally = new GradingTally(lab.scenarios.length);
  let toldMs = 0;
  let known = 0;
  return (progress, phase) => {
    const soFar = tally.add(progress, phase);
    const nowMs = performance.now();
    const isNews = soFar.broken.length > known || progress.ended === true;
    if (!isNews && nowMs - toldMs < PROGRESS_EVERY_MS) return;
    toldMs = nowMs;
    known = soFar.broken.length;
    events.send('progress', { lab: lab.slug, soFar });
  };
}

function makeVerdicts(
  events: EventHub,
  origin: () => string | undefined,
  processes: GradingProcesses,
  io: Io,
): Verdicts {
  return new Verdicts({
    grade: (lab, signal) =>
      gradeOnSave(lab, io.clone, processes, signal, {
        onProgress: tellProgress(lab, events),
        onLook(result) {
          if (result.outcome === 'fail') events.send('look', { lab: lab.slug, result });
        },
      }),
    onGrading(lab) {
      io.err(`\n${lab.slug}: saved, grading …\n`);
      events.send('grading', { lab: lab.slug });
    },
    async warnings(lab, signal) {
      return typeNotices(await readLearnerFiles(lab, labFolder(lab.slug), `labs/${lab.slug}`), signal);
    },
    onWarnings(lab, result, warnings) {
      io.out(`${notices(warnings, io.page).join('\n')}\n`);
      events.send('verdict', { lab: lab.slug, result });
    },
    onVerdict(lab, result) {
      io.out(`\n${reportForTerminal(result, io.page, { pagesAt: origin(), folder: `labs/${lab.slug}` })}`);
      events.send('verdict', { lab: lab.slug, result });
    },
    onFailure(lab, message) {
      io.err(`${lab.slug} could not be graded: ${message}\n`);
      events.send('failure', { lab: lab.slug, message });
    },
  });
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
