/**
 * `<replayed-trace lab="…">`: shows the run that `?trace=<token>` names. It is hidden if the address names none.
 *
 * `npm start` replays the run. On a host that can't, the element says how to do it in the terminal.
 */

import { replayCommand } from '../../../harness/grader/report/commands.ts';
import { commandRow } from './commands.ts';
import { make } from './dom.ts';
import { player } from './drawing.ts';
import { mayHaveApi, type Replayed, replay } from './local-api.ts';

class ReplayedTrace extends HTMLElement {
  private readonly said = make('p', { class: 'verdict-head', role: 'status' });
  private readonly body = make('div', { class: 'widget-body' });

  connectedCallback(): void {
    const token = new URLSearchParams(location.search).get('trace');
    if (token === null || token === '') return;
    this.hidden = false;
    this.append(make('div', { class: 'widget' }, this.said, this.body));
    void this.play(token);
  }

  private async play(token: string): Promise<void> {
    this.said.textContent = 'Playing this schedule again…';
    const replayed = mayHaveApi() ? await replay(token) : undefined;
    if (replayed === undefined) this.showCommand(token);
    else this.show(token, replayed);
  }

  private show(token: string, replayed: Replayed): void {
    const again = commandRow(replayCommand(token), 'play this schedule again');
    if ('error' in replayed) {
      this.said.textContent = replayed.error;
      this.body.replaceChildren(again);
      return;
    }
    const { headline, because, trace, swap, marked, diverged } = replayed;
    this.said.textContent = headline;
    const other =
      diverged === undefined
        ? []
        : [make('p', { text: 'Your code has changed since: this is what the same schedule leads to now.' })];
    this.body.replaceChildren(
      ...other,
      player({ name: 'replayed', lab: this.getAttribute('lab') ?? '' }, trace, headline, { swap, marked, because }),
      make('p', { text: because.join(' ') }),
      again,
    );
  }

  private showCommand(token: string): void {
    this.said.textContent = 'This page can’t play a run; in the course’s folder, this command can:';
    this.body.replaceChildren(commandRow(replayCommand(token), 'play this schedule again'));
  }
}

customElements.define('replayed-trace', ReplayedTrace);
