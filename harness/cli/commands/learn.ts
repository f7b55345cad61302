/**
 * `raceproof learn [lab]`: grades a lab whenever one of its files is saved, and shows the one next step.
 *
 * On a terminal it is a screen with keys, elsewhere a plain stream of verdicts. It runs until `q` or Ctrl-C. `../learn` holds
 * the screens and keys; this file connects them.
 */

import { join } from 'node:path';
import process from 'node:process';
import type { Lab } from '../../course/lab.ts';
import { labs } from '../../course/labs.ts';
import type { Page } from '../../grader/report/page.ts';
import { labNamed } from '../grading.ts';
import { Interrupted } from '../interrupted.ts';
import type { Io } from '../io.ts';
import { hintsShown, rememberHint } from '../keeping/memory.ts';
import { planReset, resetLab } from '../keeping/reset-lab.ts';
import { type CourseState, startingState } from '../learn/course-state.ts';
import { open, openingOf } from '../learn/open-file.ts';
import { Painter } from '../learn/painter.ts';
import { progressLine, screenOf, stepLines, whatIsNext } from '../learn/screen.ts';
import { Session, type SessionPort } from '../learn/session.ts';
import { readLearnerFiles } from '../learner-files.ts';
import { gradeOnSave } from '../on-save/grade-on-save.ts';
import { GradingProcesses } from '../on-save/grading-processes.ts';
import { Verdicts } from '../server/verdicts.ts';
import { watchLabs } from '../server/watch.ts';
import type { Terminal } from '../terminal.ts';
import { typeNotices } from '../type-notices.ts';
import type { Command } from './command.ts';
import { diffOfLab, unchanged } from './diff.ts';

export const LEARN_COMMAND: Command = {
  name: 'learn',
  positionals: ['lab?'],
  options: { plain: { type: 'flag', says: 'print verdicts one below the other, without keys' } },
  async run(given, io) {
    const only = given.positional(0);
    const chosen = only === '' ? null : labNamed(only);
    // An unfinished lab is shown only if the command line names it.
    const shown = chosen === null || labs.includes(chosen) ? labs : [...labs, chosen];
    const state = await startingState(io.clone, shown);
    if (chosen !== null) state.current = shown.indexOf(chosen);
    const terminal = given.flag('plain') ? null : io.terminal;
    const ending = Promise.withResolvers<'done' | 'interrupted'>();
    const stopped = (): void => ending.resolve('interrupted');
    io.signal.addEventListener('abort', stopped);
    if (io.signal.aborted) stopped();
    const sitting = await sit(state, terminal, ending.resolve, io);
    const how = await ending.promise;
    io.signal.removeEventListener('abort', stopped);
    await sitting.close();
    if (how === 'interrupted') throw new Interrupted();
    return 0;
  },
};

interface Sitting {
  /** Resolves when no child, watcher or key listener is left. */
  close(): Promise<void>;
}

async function sit(
  state: CourseState,
  terminal: Terminal | null,
  quit: (how: 'done' | 'interrupted') => void,
  io: Io,
): Promise<Sitting> {
  const display = terminal === null ? plainDisplay(io) : screenDisplay(state, terminal, io);
  const session: Session = new Session(state, {
    ...portOf(io),
    grade: (lab) => verdicts.request(lab),
    changed: () => display.changed(),
    quit,
    open: (path, line) => display.open(path, line),
  });
  const processes = new GradingProcesses();
  const verdicts = makeVerdicts(session, display, processes, io);
  display.listen((key) => session.press(key));
  const shown = state.labs.map(({ lab }) => lab);
  const watching = await watchLabs(join(io.clone.root, 'labs'), shown, (lab) => session.saved(lab));
  display.greet(session);
  verdicts.request(session.current.lab);
  return {
    async close() {
      watching.close();
      display.close();
      processes.close();
      await verdicts.close();
    },
  };
}

function makeVerdicts(session: Session, display: Display, processes: GradingProcesses, io: Io): Verdicts {
  return new Verdicts({
    grade: (lab, signal) =>
      gradeOnSave(lab, io.clone, processes, signal, {
        onProgress: (progress) => session.grading(lab, progress),
        onLook(result) {
          if (session.looked(lab, result)) display.verdict(lab, session);
        },
      }),
    warnings: async (lab, signal) =>
      typeNotices(await readLearnerFiles(lab, io.clone.lab(lab.slug), `labs/${lab.slug}`), signal),
    onGrading(lab) {
      session.grading(lab, 'starting');
      display.grading(lab);
    },
    onVerdict(lab, result) {
      session.verdict(lab, result);
      display.verdict(lab, session);
    },
    onWarnings: (lab, result) => session.warned(lab, result),
    onFailure(lab, message) {
      session.failed(lab, message);
      display.verdict(lab, session);
    },
  });
}

function portOf(io: Io): Omit<SessionPort, 'grade' | 'changed' | 'quit' | 'open'> {
  return {
    hintsShown: (slug, hintId) => hintsShown(io.clone, slug, hintId),
    rememberHint: (slug, hintId, tier) => rememberHint(io.clone, slug, hintId, tier),
    planReset: (slug) => planReset(io.clone, slug),
    reset: (plan) => resetLab(io.clone, plan, new Date()),
    async diff(slug) {
      const { lines, odd } = await diffOfLab(io.clone, slug, io.page);
      return lines.length + odd.length === 0 ? [unchanged(slug)] : [...odd, ...lines];
    },
  };
}

/** Where a session is displayed: a screen, or a stream. */
interface Display {
  listen(pressed: (key: string) => Promise<void>): void;
  greet(session: Session): void;
  grading(lab: Lab): void;
  verdict(lab: Lab, session: Session): void;
  changed(): void;
  open(path: string, line: number): Promise<string>;
  close(): void;
}

function plainDisplay(io: Io): Display {
  return {
    listen: () => undefined,
    greet: ({ state }) =>
      io.out(`${progressLine(state, io.page)}\nSave a file in labs/ and it is graded. Ctrl-C ends.\n`),
    grading: ({ slug }) => io.err(`\n${slug}: grading …\n`),
    verdict(lab, session) {
      const { state } = session;
      const graded = state.labs.find((known) => known.lab.slug === lab.slug);
      if (graded === undefined) return;
      const here = [progressLine(state, io.page), ...whatIsNext(state, session.current)];
      io.out(`\n${[...stepLines(graded, io.page), '', ...here].join('\n')}\n`);
    },
    changed: () => undefined,
    open: async () => '',
    close: () => undefined,
  };
}

function screenDisplay(state: CourseState, terminal: Terminal, io: Io): Display {
  const page = (): Page => ({ ...io.page, columns: Math.min(120, Math.max(40, terminal.columns())) });
  const painter = new Painter(io, terminal, (rows) => screenOf(state, page(), rows));
  const resized = terminal.onResize(() => {
    painter.goOn();
  });
  let pressed: (key: string) => Promise<void> = async () => undefined;
  let keys: { close(): void } | null = null;
  const listen = (): void => {
    keys = terminal.onKey((key) => void pressed(key).then(() => painter.now()));
  };
  return {
    listen(hear) {
      pressed = hear;
      listen();
    },
    greet: () => painter.now(),
    grading: () => painter.now(),
    verdict: () => painter.now(),
    changed: () => painter.soon(),
    async open(path, line) {
      const opening = openingOf(process.env, join(io.clone.root, path), line);
      if (opening === null) return `The file is ${path}:${line}. Set EDITOR, and o opens it.`;
      if (!opening.inTerminal) return (await open(opening)) ?? '';
      keys?.close();
      painter.pause();
      const problem = await open(opening);
      painter.goOn();
      listen();
      return problem ?? '';
    },
    close() {
      keys?.close();
      resized.close();
      painter.close();
    },
  };
}
