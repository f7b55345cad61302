/**
 * Finds the command, runs it, and turns any failure into one sentence and an exit code.
 *
 * 0 pass · 1 the learner's code or template · 2 anything that could not be done · 3 a bug of ours · 130 Ctrl-C.
 */

import { reportAsJson } from '../grader/report/json.ts';
import { pad } from '../grader/report/page.ts';
import { HARNESS_VERSION } from '../version.ts';
import { readArguments, UsageError, usageOf } from './arguments.ts';
import { type Command, EXIT_REFUSED } from './commands/command.ts';
import { errorResult } from './error-result.ts';
import { EXIT_INTERRUPTED, Interrupted, wasInterrupted } from './interrupted.ts';
import type { Io } from './io.ts';
import { sayNearName } from './near-name.ts';

export const EXIT_BUG = 3;

/** A command that is not loaded yet: most commands load the whole engine, and `--help` needs none of it. */
interface Entry {
  readonly name: string;
  readonly says: string;
  load(): Promise<Command>;
}

export const COMMANDS: readonly Entry[] = [
  {
    name: 'learn',
    says: 'grades a lab whenever you save it, and shows the next step',
    load: async () => (await import('./commands/learn.ts')).LEARN_COMMAND,
  },
  {
    name: 'test',
    says: 'grades your copy of a lab',
    load: async () => (await import('./commands/test.ts')).TEST_COMMAND,
  },
  {
    name: 'hint',
    says: 'gives a hint for the way in which your copy fails',
    load: async () => (await import('./commands/hint.ts')).HINT_COMMAND,
  },
  {
    name: 'replay',
    says: 'plays a failing run again, by its token',
    load: async () => (await import('./commands/replay.ts')).REPLAY_COMMAND,
  },
  {
    name: 'trace',
    says: 'prints every event of one run, by its token',
    load: async () => (await import('./commands/trace.ts')).TRACE_COMMAND,
  },
  {
    name: 'diff',
    says: 'shows what you have changed in a lab',
    load: async () => (await import('./commands/diff.ts')).DIFF_COMMAND,
  },
  {
    name: 'reset',
    says: 'puts the starter of a lab back, and keeps your work in a copy',
    load: async () => (await import('./commands/reset.ts')).RESET_COMMAND,
  },
  {
    name: 'update',
    says: 'brings a newer starter into your files, and keeps your work',
    load: async () => (await import('./commands/update.ts')).UPDATE_COMMAND,
  },
  { name: 'list', says: 'shows the labs', load: async () => (await import('./commands/list.ts')).LIST_COMMAND },
  {
    name: 'serve',
    says: 'shows the pages and grades a lab whenever you save it',
    load: async () => (await import('./commands/serve.ts')).SERVE_COMMAND,
  },
  {
    name: 'grade',
    says: 'grades a submission in another folder',
    load: async () => (await import('./commands/grade.ts')).GRADE_COMMAND,
  },
  {
    name: 'course-check',
    says: 'grades the grader: starters, solutions and wrong fixes of every lab',
    load: async () => (await import('./commands/course-check.ts')).COURSE_CHECK_COMMAND,
  },
  {
    name: 'new-lab',
    says: 'begins a lab, for those who write labs',
    load: async () => (await import('./commands/new-lab.ts')).NEW_LAB_COMMAND,
  },
  {
    name: 'doctor',
    says: 'checks that this machine has what the course needs',
    load: async () => (await import('./commands/doctor.ts')).DOCTOR_COMMAND,
  },
];

/** Runs one command line. Never rejects. */
export async function runCli(words: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(words, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\n`);
      if (isReadByAProgram(words)) io.out(reportAsJson(errorResult(labIn(words), 'ungraded', error.message)));
      return EXIT_REFUSED;
    }
    if (error instanceof Interrupted || (await wasInterrupted(io.signal))) return EXIT_INTERRUPTED;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (isReadByAProgram(words)) io.out(reportAsJson(errorResult(labIn(words), 'harness-error', text)));
    io.err(
      `An error of ours; there is nothing to change in your code. Please send us this:\n${HARNESS_VERSION} ${text}\n`,
    );
    return EXIT_BUG;
  }
}

/** Whether standard output goes to a program that reads one result, also where there is none. */
function isReadByAProgram([command, ...rest]: readonly string[]): boolean {
  return command === 'grade' && rest.includes('--json') && !rest.includes('--help') && !rest.includes('-h');
}

function labIn([, first = '']: readonly string[]): string {
  return first.startsWith('-') ? '' : first;
}

async function dispatch(words: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = words;
  if (name === '--version') {
    io.out(`${HARNESS_VERSION}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(help());
    return name === undefined ? EXIT_REFUSED : 0;
  }
  const entry = COMMANDS.find((known) => known.name === name);
  if (entry === undefined) throw new UsageError(unknownCommand(name));
  const command = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(helpOf(command, entry.says));
    return 0;
  }
  return command.run(readArguments(command, rest), io);
}

function unknownCommand(name: string): string {
  const names = COMMANDS.map((command) => command.name);
  if (name.startsWith('-')) return `raceproof has no option ${name}.${sayNearName(name, ['--help', '--version'])}`;
  return `raceproof has no command «${name}».${sayNearName(name, names) || ` There are: ${names.join(', ')}.`}`;
}

/** All commands, one line each. */
function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'raceproof runs your AWS Lambda handlers under every schedule: every order of events.',
    '',
    ...COMMANDS.map(({ name, says }) => `  ${pad(name, width)}   ${says}`),
    '',
    'npx --no raceproof <command> --help says more. Start with: npm run learn',
    '',
  ].join('\n');
}

function helpOf(command: Command, says: string): string {
  const options = Object.entries(command.options).map(([name, option]) => {
    const value = { flag: '', number: ' <n>', value: ' <…>' }[option.type];
    return `  ${pad(`--${name}${value}`, 16)} ${option.says}`;
  });
  return [`${usageOf(command)}: ${says}`, ...(options.length === 0 ? [] : ['', ...options]), ''].join('\n');
}
