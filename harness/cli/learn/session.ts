/**
 * One session of `learn`: it receives verdicts, saves and keys, changes the state, and notifies the display.
 *
 * It never goes to another lab while the current one does not hold, and never because of a verdict: a pass may be an accident,
 * and the learner wants to look at it.
 */

import { TIERS } from '../../course/kit/tiers.ts';
import type { Lab } from '../../course/lab.ts';
import type { GradeProgress } from '../../grader/grade.ts';
import { nextStep } from '../../grader/report/next-step.ts';
import type { LabResult } from '../../grader/result.ts';
import { hintFor } from '../commands/hint.ts';
import type { ResetPlan } from '../keeping/reset-lab.ts';
import { type CourseState, isDone, type LabState, nextOpen } from './course-state.ts';
import { fileOf, placeToEdit } from './screen.ts';

/** The outside as a session uses it. */
export interface SessionPort {
  grade(lab: Lab): void;
  /** The state has changed. */
  changed(): void;
  quit(how: 'done' | 'interrupted'): void;
  hintsShown(slug: string, hintId: string): Promise<number>;
  rememberHint(slug: string, hintId: string, tier: number): Promise<unknown>;
  diff(slug: string): Promise<readonly string[]>;
  planReset(slug: string): Promise<ResetPlan>;
  /** @returns where the copy is. */
  reset(plan: ResetPlan): Promise<string>;
  /** @returns a message for the learner; empty if the editor was opened. */
  open(path: string, line: number): Promise<string>;
}

export class Session {
  readonly state: CourseState;
  readonly #port: SessionPort;
  #plan: ResetPlan | null = null;
  /** Keys are handled one after the other. */
  #busy: Promise<void> = Promise.resolve();

  constructor(state: CourseState, port: SessionPort) {
    this.state = state;
    this.#port = port;
  }

  get current(): LabState {
    const lab = this.state.labs[this.state.current];
    if (lab === undefined) throw new RangeError(`no lab at ${this.state.current}`);
    return lab;
  }

  /** A lab's files have changed. */
  saved(lab: Lab): void {
    const index = this.state.labs.findIndex((state) => state.lab.slug === lab.slug);
    const state = this.state.labs[index];
    if (state === undefined) return;
    // A save in the next lab, while this one holds, means that the learner has gone there. Any other save changes no lab.
    if (index !== this.state.current && isDone(this.current)) this.#goTo(index);
    else if (index !== this.state.current) this.state.message = `${lab.slug} was saved, too; l goes there.`;
    this.#port.grade(lab);
  }

  grading(lab: Lab, progress: GradeProgress | 'starting'): void {
    const state = this.#of(lab);
    if (state === undefined) return;
    state.grading = progress;
    this.#port.changed();
  }

  verdict(lab: Lab, result: LabResult): void {
    const state = this.#of(lab);
    if (state === undefined) return;
    const { outcome, checks } = result;
    Object.assign(state, { result, outcome, checks, failure: null, grading: null });
    this.#leaveBehind(state);
    this.#port.changed();
  }

  /**
   * A first look has found a failure, long before the verdict. Returns false if it found none, because that says nothing yet.
   */
  looked(lab: Lab, result: LabResult): boolean {
    const state = this.#of(lab);
    if (state === undefined || result.outcome !== 'fail') return false;
    Object.assign(state, { result, outcome: 'fail', failure: null });
    this.#leaveBehind(state);
    this.#port.changed();
    return true;
  }

  /** The same verdict with warnings added. */
  warned(lab: Lab, result: LabResult): void {
    const state = this.#of(lab);
    if (state === undefined) return;
    state.result = result;
    this.#port.changed();
  }

  failed(lab: Lab, message: string): void {
    const state = this.#of(lab);
    if (state === undefined) return;
    Object.assign(state, { failure: message, grading: null });
    this.#port.changed();
  }

  /** Handles a key after those before it. Resolves when it has been handled. */
  press(key: string): Promise<void> {
    this.#busy = this.#busy.then(() => this.#deal(key));
    return this.#busy;
  }

  #of(lab: Lab): LabState | undefined {
    return this.state.labs.find((state) => state.lab.slug === lab.slug);
  }

  /** Closes a hint or a run that belonged to the previous verdict. */
  #leaveBehind(state: LabState): void {
    const { view } = this.state;
    if (state !== this.current || state.result === null) return;
    const isOver = view.kind === 'hint' && view.hint.id !== nextStep(state.result)?.hintId;
    if (isOver || view.kind === 'run') this.#show({ kind: 'step' });
  }

  #show(view: CourseState['view']): void {
    this.state.view = view;
  }

  async #deal(key: string): Promise<void> {
    if (key === 'ctrl-c' || (key === 'q' && this.state.view.kind !== 'reset?')) {
      this.#port.quit(key === 'q' ? 'done' : 'interrupted');
      return;
    }
    this.state.message = '';
    const { view } = this.state;
    if (view.kind === 'reset?') await this.#answerReset(key);
    else if (view.kind === 'list') this.#inList(key, view.at);
    else await this.#inStep(key);
    this.#port.changed();
  }

  async #inStep(key: string): Promise<void> {
    const { lab } = this.current;
    if (key === 'h') await this.#hint();
    else if (key === 'r') this.#show({ kind: 'run' });
    else if (key === 'b' || key === 'escape') this.#show({ kind: 'step' });
    else if (key === 'l') this.#show({ kind: 'list', at: this.state.current });
    else if (key === 'n') this.#next();
    else if (key === 'g') this.#grade(lab);
    else if (key === 'd') this.#show({ kind: 'diff', lines: await this.#port.diff(lab.slug) });
    else if (key === 'o') await this.#open();
    else if (key === 'x') await this.#askReset();
  }

  #grade(lab: Lab): void {
    this.#show({ kind: 'step' });
    this.#port.grade(lab);
  }

  #inList(key: string, at: number): void {
    const last = this.state.labs.length - 1;
    const numbered = this.state.labs.findIndex(({ lab }) => String(lab.number) === key);
    if (key === 'up' || key === 'k') this.#show({ kind: 'list', at: Math.max(0, at - 1) });
    else if (key === 'down' || key === 'j') this.#show({ kind: 'list', at: Math.min(last, at + 1) });
    else if (key === 'b' || key === 'escape' || key === 'l') this.#show({ kind: 'step' });
    else if (key === 'enter') this.#enter(at);
    else if (numbered !== -1) this.#enter(numbered);
  }

  /** Goes to a lab, and grades it unless that has been done. */
  #enter(index: number): void {
    this.#goTo(index);
    if (this.current.result === null) this.#port.grade(this.current.lab);
  }

  #goTo(index: number): void {
    this.state.current = index;
    this.#show({ kind: 'step' });
  }

  #next(): void {
    const { slug } = this.current.lab;
    const next = nextOpen(this.state);
    if (!isDone(this.current)) this.state.message = `${slug} does not hold yet; l goes to another lab all the same.`;
    else if (next !== null) this.#enter(next);
  }

  /** The first press shows the hints that were shown before, if any; each further press shows one more. */
  async #hint(): Promise<void> {
    const { lab, result } = this.current;
    const check = result === null ? undefined : nextStep(result);
    const hint = hintFor(lab, check);
    if (check === undefined || hint === null) {
      const why =
        check === undefined ? 'There is nothing to hint at.' : 'For this there are no hints: the message says it all.';
      this.state.message = result === null ? 'A hint depends on how your code fails, so it is graded first.' : why;
      return;
    }
    const shown = await this.#port.hintsShown(lab.slug, hint.id);
    const again = this.state.view.kind === 'hint' || shown === 0;
    const tier = Math.min(TIERS.length, again ? shown + 1 : shown);
    await this.#port.rememberHint(lab.slug, hint.id, tier);
    this.#show({ kind: 'hint', check, hint, tier });
  }

  async #open(): Promise<void> {
    const { path, line } = placeToEdit(this.current);
    this.state.message = await this.#port.open(fileOf(this.current.lab.slug, path), line);
  }

  async #askReset(): Promise<void> {
    const { slug } = this.current.lab;
    await this.#tell(async () => {
      this.#plan = await this.#port.planReset(slug);
      if (this.#plan.replaced.size === 0) return `labs/${slug} is as the starter gives it out.`;
      this.#show({ kind: 'reset?', files: [...this.#plan.replaced.keys()] });
      return '';
    });
  }

  async #answerReset(key: string): Promise<void> {
    const plan = this.#plan;
    this.#show({ kind: 'step' });
    if (plan === null || (key !== 'y' && key !== 'Y')) return;
    await this.#tell(
      async () => `labs/${plan.slug} is the starter again; your work is in ${await this.#port.reset(plan)}.`,
    );
  }

  /** Reports a failure to the learner; it ends nothing. */
  async #tell(work: () => Promise<string>): Promise<void> {
    this.state.message = await work().catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
  }
}
