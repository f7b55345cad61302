/**
 * `<scheduler-puzzle lab="…">`: you are the scheduler. Choose whose step is next until something breaks.
 *
 * A button for each actor, undo, reset; the keys 1, 2 …, u and r do the same while the puzzle has the focus. Drawing and words
 * show what happened. The puzzle supplies its rules and words (../puzzles.ts).
 */

import type { Puzzle } from '../../../harness/course/kit/puzzle.ts';
import { explain } from '../../../harness/grader/explain/explain.ts';
import { puzzleOf } from '../puzzles.ts';
import { make, makeButton } from './dom.ts';
import { drawing } from './drawing.ts';

class SchedulerPuzzle extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const puzzle = await puzzleOf(this.getAttribute('lab') ?? '');
    if (puzzle !== null && this.querySelector('.puzzle-moves') === null) new Board(this, puzzle);
  }
}

/** One puzzle on the page: its moves so far, and the elements that show them. */
class Board {
  private readonly host: HTMLElement;
  private readonly puzzle: Puzzle;
  private moves: readonly string[] = [];
  private readonly state = make('dl', { class: 'puzzle-state' });
  private readonly picture = make('div');
  private readonly said = make('p', { class: 'answer', role: 'status' });
  private readonly choices: readonly HTMLButtonElement[];
  private readonly undo = makeButton('Undo', () => this.take(this.moves.slice(0, -1)));
  private readonly reset = makeButton('Reset', () => this.take([]));

  constructor(host: HTMLElement, puzzle: Puzzle) {
    this.host = host;
    this.puzzle = puzzle;
    this.choices = puzzle.actors.map((actor) => makeButton('', () => this.choose(actor), 'button'));
    const label = { class: 'puzzle-moves', role: 'group', 'aria-label': 'Whose step is next?' };
    const keys = puzzle.actors.map((_, index) => index + 1).join(', ');
    const controls = make(
      'div',
      { class: 'puzzle-end' },
      make('span', { class: 'context', text: `keys: ${keys}, u, r` }),
      make('span', {}, this.undo, ' ', this.reset),
    );
    const moves = make('div', label, ...this.choices);
    const body = make('div', { class: 'widget-body' }, this.state, moves, controls, this.said);
    host.replaceChildren(make('div', { class: 'widget' }, body, this.picture));
    host.addEventListener('keydown', (event) => this.press(event));
    this.show('');
  }

  private choose(actor: string): void {
    if (this.puzzle.next(this.moves, actor) === null) return;
    this.moves = [...this.moves, actor];
    this.show(this.puzzle.say(this.moves));
  }

  private take(moves: readonly string[]): void {
    this.moves = moves;
    this.show(moves.length === 0 ? 'Back at the start.' : `One step taken back; ${moves.length} done.`);
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actor = this.puzzle.actors[Number(event.key) - 1];
    if (actor !== undefined) this.choose(actor);
    else if (event.key === 'u' && this.moves.length > 0) this.take(this.moves.slice(0, -1));
    else if (event.key === 'r') this.take([]);
  }

  private show(sentence: string): void {
    const { puzzle, moves } = this;
    const end = puzzle.end(moves);
    this.state.replaceChildren(
      ...puzzle.facts(moves).map(([term, text]) => make('div', {}, make('dt', { text: term }), make('dd', { text }))),
    );
    for (const [index, actor] of puzzle.actors.entries()) {
      const button = this.choices[index];
      if (button !== undefined) this.label(button, actor);
    }
    this.undo.disabled = moves.length === 0;
    this.reset.disabled = moves.length === 0;
    this.said.textContent = sentence;
    this.said.toggleAttribute('data-right', end !== 'open');
    if (end !== 'open') this.said.dataset.right = String(end === 'broken');
    this.picture.replaceChildren(...(moves.length === 0 ? [] : [this.run()]));
    this.keepFocus();
  }

  /** The run so far. Once it has failed, what is wrong is marked as the grader would mark it. */
  private run(): HTMLElement {
    const { puzzle, moves } = this;
    const [trace, headline] = [puzzle.trace(moves), puzzle.headline(moves)];
    if (headline === '') return drawing(trace, headline);
    const { marked } = explain(trace, { headline, hintId: '', about: puzzle.about });
    return drawing(trace, headline, { marked });
  }

  private label(button: HTMLButtonElement, actor: string): void {
    const next = this.puzzle.next(this.moves, actor);
    button.disabled = next === null;
    button.replaceChildren(make('span', { class: 'who', text: actor }), next ?? this.puzzle.idle(this.moves, actor));
  }

  /** A button that becomes disabled loses the focus, so it is moved. */
  private keepFocus(): void {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLButtonElement) || !activeElement.disabled || !this.host.contains(activeElement))
      return;
    [...this.choices, this.undo].find((button) => !button.disabled)?.focus();
  }
}

customElements.define('scheduler-puzzle', SchedulerPuzzle);
