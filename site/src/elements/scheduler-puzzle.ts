/**
 * `<scheduler-puzzle>`: you are the scheduler. Choose whose step is next until an update is lost.
 *
 * Two buttons, undo, reset; keys 1, 2, u and r do the same while the puzzle has the focus. What happened is drawn and said.
 * The rules are in two-bumps.ts.
 */

import { make, makeButton } from './dom.ts';
import { drawing } from './drawing.ts';
import { BUMPS, type Bump, countOrders, type Position, play, type State, traceOf } from './two-bumps.ts';

class SchedulerPuzzle extends HTMLElement {
  private moves: readonly Bump[] = [];
  private readonly state = make('dl', { class: 'puzzle-state' });
  private readonly picture = make('div');
  private readonly said = make('p', { class: 'answer', role: 'status' });
  private readonly choices = BUMPS.map((bump) => makeButton('', () => this.choose(bump), 'button'));
  private readonly undo = makeButton('Undo', () => this.take(this.moves.slice(0, -1)));
  private readonly reset = makeButton('Reset', () => this.take([]));

  connectedCallback(): void {
    const choices = make(
      'div',
      { class: 'puzzle-moves', role: 'group', 'aria-label': 'Whose step is next?' },
      ...this.choices,
    );
    const controls = make(
      'div',
      { class: 'puzzle-end' },
      make('span', { class: 'context', text: 'keys: 1, 2, u, r' }),
      make('span', {}, this.undo, ' ', this.reset),
    );
    const body = make('div', { class: 'widget-body' }, this.state, choices, controls, this.said);
    this.replaceChildren(make('div', { class: 'widget' }, body, this.picture));
    this.addEventListener('keydown', (event) => this.press(event));
    this.show('');
  }

  private choose(bump: Bump): void {
    const before = play(this.moves);
    if (before.bumps[bump].next === null) return;
    this.moves = [...this.moves, bump];
    const after = play(this.moves);
    this.show(after.end === 'open' ? sayStep(bump, before, after) : sayEnd(after));
  }

  private take(moves: readonly Bump[]): void {
    this.moves = moves;
    this.show(moves.length === 0 ? 'Back at the start.' : `One step taken back; ${moves.length} done.`);
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const bump = BUMPS[Number(event.key) - 1];
    if (bump !== undefined) this.choose(bump);
    else if (event.key === 'u' && this.moves.length > 0) this.take(this.moves.slice(0, -1));
    else if (event.key === 'r') this.take([]);
  }

  private show(sentence: string): void {
    const state = play(this.moves);
    this.state.replaceChildren(...facts(state));
    for (const [index, bump] of BUMPS.entries()) {
      const button = this.choices[index];
      if (button !== undefined) label(button, bump, state);
    }
    this.undo.disabled = this.moves.length === 0;
    this.reset.disabled = this.moves.length === 0;
    this.said.textContent = sentence;
    this.said.toggleAttribute('data-right', state.end !== 'open');
    if (state.end !== 'open') this.said.dataset.right = String(state.end === 'lost');
    this.picture.replaceChildren(...(this.moves.length === 0 ? [] : [drawing(traceOf(this.moves), headline(state))]));
    this.keepFocus();
  }

  /** A button that has just become disabled would let go of the keyboard. */
  private keepFocus(): void {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLButtonElement) || !activeElement.disabled || !this.contains(activeElement))
      return;
    [...this.choices, this.undo].find((button) => !button.disabled)?.focus();
  }
}

function label(button: HTMLButtonElement, bump: Bump, state: State): void {
  const { next } = state.bumps[bump];
  button.disabled = next === null;
  button.replaceChildren(
    make('span', { class: 'who', text: bump }),
    next === null ? 'has answered' : sayNext(next, state.bumps[bump]),
  );
}

function sayNext(next: NonNullable<Position['next']>, { read }: Position): string {
  switch (next) {
    case 'start':
      return 'start';
    case 'get':
      return 'get: read the counter';
    case 'put':
      return `put: write ${(read ?? 0) + 1}`;
  }
}

function facts(state: State): readonly HTMLElement[] {
  const counter = state.counter === null ? 'nothing yet' : `bumps = ${state.counter}`;
  const holds = BUMPS.map((bump): readonly [string, string] => [`${bump} holds`, sayHeld(state.bumps[bump])]);
  return [['in the table', counter] as const, ...holds].map(([term, text]) =>
    make('div', {}, make('dt', { text: term }), make('dd', { text })),
  );
}

function sayHeld({ read, told }: Position): string {
  if (told !== undefined) return `told ${told}`;
  if (read === undefined) return '–';
  return read === null ? 'nothing' : `bumps = ${read}`;
}

function sayStep(bump: Bump, before: State, after: State): string {
  switch (before.bumps[bump].next) {
    case 'start':
      return `${bump} started.`;
    case 'get':
      return before.counter === null ? `${bump} read: there is no counter yet.` : `${bump} read ${before.counter}.`;
    default:
      return `${bump} wrote ${after.counter} and told its visitor ${after.counter}.`;
  }
}

function sayEnd(state: State): string {
  if (state.end === 'held') {
    return 'Both bumps count in this order: the counter says 2. Undo, and let the second one read earlier.';
  }
  const { all, lost } = countOrders();
  return `You lost an update. Both visitors were told 1, and the counter says ${state.counter}. Of the ${all} orders of these steps, ${lost} lose one.`;
}

function headline(state: State): string {
  return state.end === 'lost' ? '2 bumps were answered, but the counter says 1: 1 bump is lost.' : '';
}

customElements.define('scheduler-puzzle', SchedulerPuzzle);
