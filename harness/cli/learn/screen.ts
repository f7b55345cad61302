/**
 * The screen of `learn`: one lab's next step, and below it the learner's progress and the keys.
 *
 * Pure functions from state to lines. A screen that does not fit the window is cut in the middle and never at its end, so the
 * footer stays.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TIERS } from '../../course/kit/tiers.ts';
import { inFull } from '../../grader/report/full-check.ts';
import { withoutShown } from '../../grader/report/missing-names.ts';
import { held, nextStep } from '../../grader/report/next-step.ts';
import { block, clip, harmless, type Page, pad, paint } from '../../grader/report/page.ts';
import { notices, reportForTerminal } from '../../grader/report/terminal.ts';
import type { Notice } from '../../grader/result.ts';
import { unreachable } from '../../simulator/kernel/bug.ts';
import { count, list, thousands } from '../../words/phrases.ts';
import { traceLines } from '../commands/trace.ts';
import { type CourseState, isDone, type LabState, nextOpen } from './course-state.ts';

/** At most this many events of a run are shown; `trace` prints all of them. */
const MOST_EVENTS = 300;
const BAR = 24;

export interface Screen {
  readonly lines: readonly string[];
  /** Higher than the window, so it is printed as it is, and scrolled. */
  readonly long: boolean;
}

/** The whole screen, with the keys at its foot. */
export function screenOf(state: CourseState, given: Page, rows: number): Screen {
  const page = { ...given, isTerminal: true };
  const current = state.labs[state.current];
  if (current === undefined) return { lines: [], long: false };
  const head = [headline(current, page), ''];
  const foot = ['', ...footer(state, current, page)];
  const room = Math.max(4, rows - head.length - foot.length - 1);
  const body = bodyOf(state, current, page, room);
  const whole = state.view.kind === 'run' || state.view.kind === 'diff';
  if (whole || body.length <= room) {
    return { lines: [...head, ...body, ...foot], long: head.length + body.length + foot.length > rows };
  }
  const cut = paint(page, 'context', `… ${count(body.length - room + 1, 'more line')}; r shows all of it`);
  return { lines: [...head, ...body.slice(0, room - 1), cut, ...foot], long: false };
}

/** The lab, the task, and the progress of both. */
function headline({ lab, result }: LabState, page: Page): string {
  const step = result === null ? undefined : nextStep(result);
  const task = lab.tasks.find(({ number }) => number === step?.task);
  const about = task === undefined ? '' : ` · task ${task.number} of ${lab.tasks.length}: ${task.title}`;
  return clip(`${lab.slug} · ${lab.title}${about}`, page.columns).replace(lab.slug, (slug) =>
    paint(page, 'strong', slug),
  );
}

function bodyOf(state: CourseState, current: LabState, page: Page, rows: number): readonly string[] {
  const { view } = state;
  switch (view.kind) {
    case 'step':
      return stepLines(current, page, rows);
    case 'run':
      return runLines(current, page);
    case 'hint':
      return [
        ...block(page, harmless(view.check.counterexample?.headline ?? view.check.message ?? view.check.title)),
        ...view.hint.tiers
          .slice(0, view.tier)
          .flatMap((text, index) => [
            '',
            `  ${paint(page, 'context', `hint ${index + 1} of ${TIERS.length}, ${TIERS[index]}`)}`,
            ...block(page, text),
          ]),
      ];
    case 'list':
      return state.labs.map((lab, index) => listLine(lab, index === view.at, page));
    case 'diff':
      return view.lines;
    case 'reset?':
      return block(
        page,
        `Replace ${list(view.files)} with the starter’s? Your work is kept in a copy. Press y for yes, any other key for no.`,
      );
    default:
      return unreachable(view, 'view');
  }
}

/**
 * The first failing check of the current task with its shortest schedule, or a line that says that all of it holds. In a window
 * of so many rows the middle of the drawing is left out first.
 */
export function stepLines(state: LabState, page: Page, rows = Number.POSITIVE_INFINITY): readonly string[] {
  const { lab, result, failure } = state;
  if (failure !== null) return block(page, `${lab.slug} could not be graded: ${failure}`, 0);
  if (result === null)
    return block(page, `Your files: ${list(lab.editable.map((path) => fileOf(lab.slug, path)))}.`, 0);
  const step = nextStep(result);
  if (step?.status !== 'fail') return reportForTerminal(result, page).trimEnd().split('\n');
  const warnings = warningsOf(withoutShown(result, step), page);
  return [...inFull(result, step, page, { rows: rows - warnings.length }), ...warnings];
}

/** Beside a failing check only one warning is shown. Warnings that are the same at every save are left to `test`. */
function warningsOf(all: readonly Notice[], page: Page): readonly string[] {
  const [first, ...more] = all.filter(({ kind }) => kind === 'type-error');
  if (first === undefined) return [];
  return [...notices([first], page), ...(more.length === 0 ? [] : [`  … and ${count(more.length, 'more warning')}`])];
}

function runLines(state: LabState, page: Page): readonly string[] {
  const { result } = state;
  const step = result === null ? undefined : nextStep(result);
  const counterexample = step?.counterexample;
  if (counterexample === undefined) return stepLines(state, page);
  const { trace, token } = counterexample;
  const cut = trace.length - MOST_EVENTS;
  return [
    ...stepLines(state, page),
    '',
    paint(page, 'strong', 'Every event of this run'),
    ...trace.slice(0, MOST_EVENTS).flatMap((entry) => traceLines(entry, page)),
    ...(cut > 0 ? [`… ${count(cut, 'more event')}: npx --no raceproof trace ${token}`] : []),
  ];
}

function listLine(state: LabState, chosen: boolean, page: Page): string {
  const { lab, checks } = state;
  const [sign, tone] = isDone(state) ? (['✓', 'held'] as const) : (['○', 'context'] as const);
  const far = checks === null ? 'not graded yet' : `${held(checks)} of ${count(checks.length, 'check')}`;
  const line = `${lab.number}  ${pad(lab.slug, 22)} ${pad(far, 16)} ${lab.title}`;
  return `${chosen ? '▸' : ' '} ${paint(page, tone, sign)} ${chosen ? paint(page, 'strong', line) : line}`;
}

function footer(state: CourseState, current: LabState, page: Page): readonly string[] {
  return [
    progressLine(state, page),
    ...whatIsNext(state, current).flatMap((sentence) => block(page, sentence, 0)),
    ...(state.message === '' ? [] : block(page, state.message, 0)),
    linked(clip(activity(current), page.columns), current, state, page),
    paint(page, 'context', keys(state, current)),
  ];
}

/** For example «████████░░░░  1 of 2 labs · lost-update: 2 of 3 checks». */
export function progressLine({ labs, current }: CourseState, page: Page): string {
  const done = labs.filter(isDone).length;
  const full = Math.round((done / labs.length) * BAR);
  const bar = `${paint(page, 'held', '█'.repeat(full))}${paint(page, 'context', '░'.repeat(BAR - full))}`;
  const here = labs[current];
  const checks = here?.checks ?? null;
  const far = checks === null ? '' : ` · ${here?.lab.slug}: ${held(checks)} of ${count(checks.length, 'check')}`;
  return `${bar}  ${done} of ${count(labs.length, 'lab')}${far}`;
}

/** Where to go from a lab that holds. It only offers: a pass may be an accident. */
export function whatIsNext(state: CourseState, current: LabState): readonly string[] {
  if (!isDone(current) || current.grading !== null) return [];
  const next = nextOpen(state);
  const slug = next === null ? undefined : state.labs[next]?.lab.slug;
  if (slug === undefined) return [`${current.lab.slug} holds, and so does every other lab.`];
  return [`${current.lab.slug} holds. The next lab is ${slug}: press n, or save a file of it.`];
}

/** What is going on now, in one line. */
export function activity(state: LabState): string {
  const { lab, grading, checks, failure } = state;
  if (grading === 'starting') return `grading ${lab.slug} …`;
  if (grading !== null && grading.broken !== undefined) return `grading ${lab.slug} … ✗ ${grading.broken}`;
  if (grading !== null) return `grading ${lab.slug} … ${grading.scenario}, ${thousands(grading.explored)} so far`;
  if (failure !== null || checks === null) return 'Save a file, or press g, to grade it.';
  const { path, line } = placeToEdit(state);
  if (isDone(state)) return `Save ${fileOf(lab.slug, path)}, and it is graded again.`;
  return `Edit ${fileOf(lab.slug, path)}:${line} and save: it is graded again.`;
}

/** The most likely place of the learner's next edit. */
export function placeToEdit({ lab, result }: LabState): { readonly path: string; readonly line: number } {
  const step = result === null ? undefined : nextStep(result);
  const frame = step?.counterexample?.frame ?? step?.frame;
  if (frame !== undefined && lab.editable.includes(frame.file)) return { path: frame.file, line: frame.line };
  return { path: lab.editable.find((path) => path.startsWith('src/')) ?? lab.editable[0] ?? '', line: 1 };
}

/** The file's name as a link that terminals open, if there is colour: other terminals can't show links. */
function linked(text: string, state: LabState, { root }: Pick<CourseState, 'root'>, page: Page): string {
  const path = fileOf(state.lab.slug, placeToEdit(state).path);
  if (!page.color || !text.includes(path)) return text;
  const address = pathToFileURL(join(root, path)).href;
  return text.replace(path, `\u001b]8;;${address}\u001b\\${path}\u001b]8;;\u001b\\`);
}

export function fileOf(slug: string, path: string): string {
  return `labs/${slug}/${path}`;
}

function keys(state: CourseState, current: LabState): string {
  const { view } = state;
  const back = 'b back';
  switch (view.kind) {
    case 'list':
      return `↑ ↓ choose · enter go there · ${back} · q quit`;
    case 'reset?':
      return 'y yes · any other key no';
    case 'hint':
      return `${view.tier < TIERS.length ? 'h the next hint · ' : ''}${back} · q quit`;
    case 'run':
    case 'diff':
      return `${back} · q quit`;
    case 'step': {
      const next = nextOpen(state) === null ? '' : 'n next lab · ';
      const about = isDone(current) ? next : 'h hint · r run · ';
      return `${about}o open · d diff · l labs · x reset · g grade · q quit`;
    }
    default:
      return unreachable(view, 'view');
  }
}
