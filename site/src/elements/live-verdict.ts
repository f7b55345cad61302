/**
 * `<live-verdict lab="…" hints="…">`: the verdict on what you saved last, as soon as it is available.
 *
 * It listens to `npm start`. On a host that can't grade, it shows the command to type. It grades nothing itself.
 */

import { testCommand } from '../../../harness/grader/report/commands.ts';
import type { LabResult } from '../../../harness/grader/result.ts';
import { commandRow } from './commands.ts';
import { make } from './dom.ts';
import { latestVerdict, listen, mayHaveApi } from './local-api.ts';
import { type Hints, sayOutcome, verdictNodes } from './verdict-view.ts';

class LiveVerdict extends HTMLElement {
  private readonly head = make('p', { class: 'verdict-head', role: 'status' });
  private readonly body = make('div');
  private stop: (() => void) | null = null;
  private interrupted = false;

  connectedCallback(): void {
    this.replaceChildren(make('div', { class: 'widget' }, this.head, this.body));
    if (mayHaveApi()) void this.ask();
    else this.showCommand();
  }

  disconnectedCallback(): void {
    this.stop?.();
  }

  private get lab(): string {
    return this.getAttribute('lab') ?? '';
  }

  private async ask(): Promise<void> {
    const latest = await latestVerdict(this.lab);
    if (latest === undefined) return this.showCommand();
    this.catchUp(latest);
    this.follow();
  }

  private catchUp(latest: LabResult | null | undefined): void {
    if (latest === null || latest === undefined)
      this.say(`Waiting for you to save ${this.getAttribute('file') ?? 'a file'}.`);
    else this.show(latest);
  }

  private follow(): void {
    this.stop = listen({
      onGrading: (lab) => {
        if (lab === this.lab) this.say('Checking every order…');
      },
      onVerdict: (lab, result) => {
        if (lab === this.lab) this.show(result);
      },
      onFailure: (lab, message) => {
        if (lab === this.lab) this.say(`It could not be graded: ${message}`);
      },
      onConnection: (open) => {
        this.interrupted ||= !open;
        if (!open) this.say('npm start has ended. Start it again, and this page goes on.');
        else if (this.interrupted) void latestVerdict(this.lab).then((latest) => this.catchUp(latest));
        if (open) this.interrupted = false;
      },
    });
  }

  private show(result: LabResult): void {
    this.say(sayOutcome(result));
    this.body.replaceChildren(...verdictNodes(result, readHints(this.getAttribute('hints'))));
  }

  private say(sentence: string): void {
    this.head.textContent = sentence;
  }

  private showCommand(): void {
    this.say('Here the page can’t grade. In the course’s folder, type:');
    this.body.replaceChildren(
      make('div', { class: 'widget-body' }, commandRow(testCommand(this.lab), 'grade this lab')),
    );
  }
}

function readHints(json: string | null): Hints {
  return json === null ? {} : (JSON.parse(json) as Hints);
}

customElements.define('live-verdict', LiveVerdict);
