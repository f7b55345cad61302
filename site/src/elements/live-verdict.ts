/**
 * `<live-verdict lab="…" task="2" file="…" scenarios="[…]">`: the verdict on one task of what you saved last.
 *
 * While a save is graded it shows how far that is, and failures as they become known. On a host that can't grade, it shows the
 * command to type. It grades nothing itself.
 */

import type { GradingSoFar } from '../../../harness/cli/server/grading-so-far.ts';
import { testCommand } from '../../../harness/grader/report/commands.ts';
import { count } from '../../../harness/words/phrases.ts';
import { commandRow } from './commands.ts';
import { make } from './dom.ts';
import { followGrading, type GradingSeen } from './grading-seen.ts';
import { verdictNodes } from './verdict-view.ts';
import { checksOf, sayTask } from './verdict-words.ts';

class LiveVerdict extends HTMLElement {
  /** What a screen reader announces: it changes only when there is news. */
  private readonly head = make('p', { class: 'verdict-head', role: 'status' });
  /** Numbers that move. */
  private readonly progress = make('div', { class: 'verdict-progress' });
  private readonly body = make('div');
  private shown: unknown = null;
  private stop: (() => void) | null = null;

  connectedCallback(): void {
    this.replaceChildren(make('div', { class: 'widget' }, this.head, this.progress, this.body));
    this.stop = followGrading(this.lab, (seen) => this.show(seen));
  }

  disconnectedCallback(): void {
    this.stop?.();
  }

  private get lab(): string {
    return this.getAttribute('lab') ?? '';
  }

  private get task(): number {
    return Number(this.getAttribute('task') ?? '1');
  }

  private show(seen: GradingSeen): void {
    this.say(this.headOf(seen));
    // A first look ends with the first task that fails: of later ones it says nothing.
    const look = seen.look !== null && checksOf(seen.look, this.task).length > 0 ? seen.look : null;
    const shown = seen.connection === 'none' ? 'command' : (look ?? seen.verdict);
    this.progress.replaceChildren(...(seen.isGrading ? this.progressNodes(seen.soFar) : []));
    if (seen.isGrading && look === null && seen.verdict !== null)
      this.progress.append(
        make('p', { class: 'context', text: 'Below stands the verdict on your save before this one.' }),
      );
    // The drawing that a reader is looking at stays as it is until there is another.
    if (shown === this.shown) return;
    this.shown = shown;
    if (shown === 'command') this.body.replaceChildren(this.commandNode());
    else if (shown === null) this.body.replaceChildren();
    else this.body.replaceChildren(...verdictNodes(shown, this.task));
  }

  private headOf({ connection, isGrading, look, verdict, failure }: GradingSeen): string {
    if (connection === 'asking') return 'Asking for your latest verdict…';
    if (connection === 'none') return 'This page can’t grade where it is. In the course’s folder, type:';
    if (connection === 'lost') return 'npm start has ended. Start it again, and this page goes on.';
    if (isGrading) {
      const found = look?.checks.some(({ task, status }) => task === this.task && status === 'fail');
      return found === true
        ? '✗ A first look at your save has found this. The rest is being tried.'
        : 'Checking what you saved…';
    }
    if (failure !== null) return `It could not be graded: ${failure}`;
    if (verdict === null)
      return `Save ${this.getAttribute('file') ?? 'a file'}, and the verdict on this task appears here.`;
    return sayTask(verdict, this.task);
  }

  private progressNodes(soFar: GradingSoFar | null): readonly Node[] {
    if (soFar === null) return [];
    const { schedules, scenarios, broken, phase } = soFar;
    const tried = `${count(schedules, 'schedule')} tried`;
    const far =
      phase === 'look' ? `First look: ${tried}` : `${tried}, ${scenarios.ended} of ${count(scenarios.of, 'scenario')}`;
    const mine = new Set(JSON.parse(this.getAttribute('scenarios') ?? '[]') as readonly string[]);
    const bar = make('progress', {
      max: String(scenarios.of),
      value: String(scenarios.ended),
      'aria-label': 'Scenarios tried',
    });
    return [
      make('p', { class: 'far', text: far }),
      ...(phase === 'look' ? [] : [bar]),
      ...broken
        .filter(({ scenario }) => mine.has(scenario))
        .map(({ scenario, says }) =>
          make('p', {}, make('span', { class: 'broken', text: '✗ ' }), `${scenario}: ${says}`),
        ),
    ];
  }

  private say(sentence: string): void {
    if (this.head.textContent !== sentence) this.head.textContent = sentence;
  }

  private commandNode(): Node {
    return make('div', { class: 'widget-body' }, commandRow(testCommand(this.lab), 'grade this lab'));
  }
}

customElements.define('live-verdict', LiveVerdict);
