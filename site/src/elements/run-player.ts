/**
 * `<run-player name="…">` around the figure of a run: steps forward and back, plays, and shows where the code stands.
 *
 * The figure is complete without it. Each step has an address (`#twice.4`), keys of its own, and a sentence that is announced. It
 * moves only when it is asked to.
 */

import type { Excerpt } from '../lanes/excerpts.ts';
import type { Stand } from '../lanes/stands.ts';
import { CodePanel } from './code-panel.ts';
import { make, makeButton } from './dom.ts';

/** What a player needs beside the figure. */
export interface RunCode {
  readonly stands: readonly (readonly Stand[])[];
  readonly excerpts: readonly Excerpt[];
}

/** The time that a step is shown while a run is played, in milliseconds. */
const STEP_MS = 1_400;

export class RunPlayer extends HTMLElement {
  #marks: readonly SVGGElement[] = [];
  /** The marks of the drawing for phones: other nodes, the same rows. */
  #onPhone: readonly SVGGElement[] = [];
  #steps: readonly SVGGElement[] = [];
  /** The row that is shown last; null while the whole run is shown. */
  #at: number | null = null;
  #timer: number | undefined;
  #code: CodePanel | null = null;
  #stands: RunCode['stands'] = [];
  readonly #said = make('p', { class: 'player-said', role: 'status' });
  readonly #count = make('output', { class: 'player-count' });
  readonly #scrubber = make('input', {
    type: 'range',
    min: '0',
    class: 'player-range',
    'aria-label': 'Step of the run',
  });
  readonly #play = makeButton('Play', () => this.#toggle());

  connectedCallback(): void {
    if (this.#steps.length > 0) return;
    const [wide, compact] = [...this.querySelectorAll('svg.lanes')].map(marksIn);
    this.#marks = wide ?? [];
    this.#onPhone = compact ?? [];
    this.#steps = this.#marks.filter(isStep);
    if (this.#steps.length < 2) return;
    this.#scrubber.max = String(this.#steps.length);
    this.#scrubber.value = this.#scrubber.max;
    this.#scrubber.addEventListener('input', () => this.#go(Number(this.#scrubber.value)));
    this.querySelector('.scrolls')?.before(this.#controls());
    this.addEventListener('keydown', (event) => this.#press(event));
    if (this.dataset.run !== undefined) this.showCode(JSON.parse(this.dataset.run) as RunCode);
    addEventListener('hashchange', this.#follow);
    this.#show();
    this.#follow();
  }

  disconnectedCallback(): void {
    removeEventListener('hashchange', this.#follow);
    this.#stop();
  }

  /** Shows the code beside the run, with a sign at each line where an invocation stands. */
  showCode({ stands, excerpts }: RunCode): void {
    if (excerpts.length === 0) return;
    this.#stands = stands;
    this.#code?.element.remove();
    this.#code = new CodePanel(excerpts, [...new Set(stands.flat().map(({ lane }) => lane))]);
    this.querySelector('.scrolls')?.after(this.#code.element);
    this.#show();
  }

  get #name(): string {
    return this.getAttribute('name') ?? 'run';
  }

  #controls(): HTMLElement {
    const [back, next] = [
      makeButton('◀ Back', () => this.#go(this.#number - 1)),
      makeButton('Next ▶', () => this.#go(this.#at === null ? 1 : this.#number + 1)),
    ];
    const whole = makeButton('Whole run', () => this.#all());
    const keys = make('span', { class: 'player-keys context', text: 'keys: k, p, j, Esc' });
    const parts = [back, this.#play, next, whole, this.#scrubber, this.#count, keys];
    const buttons = make('div', { class: 'player-buttons' }, ...parts);
    return make(
      'div',
      {
        class: 'player',
        role: 'group',
        'aria-label': 'Step through this run. Keys: k back, p play, j next, Escape the whole run.',
      },
      buttons,
      this.#said,
    );
  }

  /** From 1; the number of steps while the whole run is shown. */
  get #number(): number {
    return this.#at === null ? this.#steps.length : this.#at + 1;
  }

  /** Shows the run up to this row, from 1. */
  #go(number: number): void {
    this.#stop();
    this.#to(number);
  }

  #to(number: number): void {
    this.#at = Math.min(this.#steps.length, Math.max(1, number)) - 1;
    this.#show();
    history.replaceState(null, '', `#${this.#name}.${this.#label()}`);
  }

  #all(): void {
    this.#stop();
    this.#at = null;
    this.#show();
    history.replaceState(null, '', location.pathname + location.search);
  }

  /** The number of the current row as the drawing shows it: «4», or «1–3» for several starts. */
  #label(): string {
    return this.#steps[this.#at ?? 0]?.dataset.steps ?? '';
  }

  /** The number of the last step. */
  #last(): string {
    return this.#steps.at(-1)?.dataset.steps?.split('–').at(-1) ?? '';
  }

  #toggle(): void {
    if (this.#timer !== undefined) {
      this.#stop();
      return;
    }
    const isOver = this.#at === null || this.#number === this.#steps.length;
    this.#to(isOver ? 1 : this.#number + 1);
    this.#play.textContent = 'Pause';
    this.#timer = window.setInterval(() => {
      if (this.#number < this.#steps.length) this.#to(this.#number + 1);
      else this.#stop();
    }, STEP_MS);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.textContent = 'Play';
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isPuzzle = event.target instanceof Element && event.target.closest('scheduler-puzzle') !== null;
    if (isPuzzle) return;
    if (event.key === 'j') this.#go(this.#at === null ? 1 : this.#number + 1);
    else if (event.key === 'k') this.#go(this.#number - 1);
    else if (event.key === 'p') this.#toggle();
    else if (event.key === 'Escape') this.#all();
  }

  /** Goes to the step that the address names. */
  readonly #follow = (): void => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (!hash.startsWith(`${this.#name}.`)) return;
    const label = hash.slice(this.#name.length + 1);
    const index = this.#steps.findIndex(({ dataset }) => dataset.steps === label);
    if (index === -1 || index === this.#at) return;
    this.#at = index;
    this.#show();
    this.scrollIntoView({ block: 'start' });
  };

  #show(): void {
    const current = this.#at === null ? null : this.#steps[this.#at];
    showUpTo(this.#marks, current?.dataset.steps);
    showUpTo(this.#onPhone, current?.dataset.steps);
    this.toggleAttribute('stepped', current !== null);
    this.#scrubber.value = String(this.#number);
    this.#scrubber.setAttribute('aria-valuetext', current === null ? 'the whole run' : `step ${this.#label()}`);
    this.#count.textContent = current === null ? `${this.#last()} steps` : `step ${this.#label()} of ${this.#last()}`;
    this.#said.textContent = current === null ? '' : this.#sentence();
    this.#code?.mark(this.#at === null ? [] : (this.#stands[this.#at] ?? []));
    this.#keepInView(current ?? null);
  }

  /** What happens in the current row, in the words that stand below the drawing. */
  #sentence(): string {
    const [first = 0, last = first] = this.#label().split('–').map(Number);
    const sentences = [...this.querySelectorAll('.as-text li')].slice(first - 1, last).map((node) => node.textContent);
    return `${this.#label()}. ${sentences.join(' ')}`;
  }

  /** Scrolls the drawing sideways, inside its own region, so that the current row's first dot can be seen. */
  #keepInView(mark: SVGGElement | null): void {
    const region = this.querySelector('.scrolls');
    const dot = mark?.querySelector('circle');
    if (region === null || dot === null || dot === undefined || region.scrollWidth <= region.clientWidth) return;
    const [outer, inner] = [region.getBoundingClientRect(), dot.getBoundingClientRect()];
    if (inner.left < outer.left + 40 || inner.right > outer.right - 120)
      region.scrollLeft += inner.left - outer.left - outer.width / 3;
  }
}

function marksIn(svg: Element): readonly SVGGElement[] {
  return [...svg.querySelectorAll<SVGGElement>('g.mark')];
}

function isStep({ dataset }: SVGGElement): boolean {
  return dataset.steps !== undefined;
}

/** Marks the row with this label and its notes as the last ones that are shown; without a label the whole run is shown. */
function showUpTo(marks: readonly SVGGElement[], label: string | undefined): void {
  const at = label === undefined ? marks.length - 1 : marks.findIndex(({ dataset }) => dataset.steps === label);
  let last = at;
  while (marks[last + 1]?.dataset.note !== undefined) last += 1;
  for (const [index, mark] of marks.entries()) {
    mark.classList.toggle('later', index > last);
    mark.classList.toggle('now', label !== undefined && index === at);
  }
}

customElements.define('run-player', RunPlayer);
