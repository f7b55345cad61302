/**
 * Paints the screens of `learn` on a terminal, line over line, so that nothing flickers.
 *
 * A screen that is higher than the window is printed once and scrolled; progress does not repaint it. The painter changes
 * nothing of the terminal but its text.
 */

import type { Io } from '../io.ts';
import type { Terminal } from '../terminal.ts';
import type { Screen } from './screen.ts';

const CLEAR = '\u001b[H\u001b[2J\u001b[3J';
const HOME = '\u001b[H';
const END_OF_LINE = '\u001b[K';
const REST_OF_SCREEN = '\u001b[J';

/** Progress repaints a screen at most this often, in milliseconds. */
const EVERY_MS = 100;

export class Painter {
  readonly #io: Io;
  readonly #terminal: Terminal;
  readonly #screen: (rows: number) => Screen;
  #waiting: NodeJS.Timeout | null = null;
  #shown = '';
  #long = true;
  #closed = false;
  #paused = false;

  constructor(io: Io, terminal: Terminal, screen: (rows: number) => Screen) {
    this.#io = io;
    this.#terminal = terminal;
    this.#screen = screen;
  }

  /** Paints soon; several requests become one. */
  soon(): void {
    if (this.#closed || this.#waiting !== null) return;
    this.#waiting = setTimeout(() => this.now(), EVERY_MS);
  }

  /** Paints the current screen at once. */
  now(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting);
    this.#waiting = null;
    if (this.#closed || this.#paused) return;
    const { lines, long } = this.#screen(this.#terminal.rows());
    const text = lines.join('\n');
    if (text === this.#shown) return;
    // Scrolled lines can't be painted over, so everything is cleared.
    const fresh = long || this.#long;
    const body = lines.map((line) => `${line}${END_OF_LINE}`).join('\r\n');
    this.#io.out(fresh ? `${CLEAR}${body}` : `${HOME}${body}${REST_OF_SCREEN}`);
    this.#shown = text;
    this.#long = long;
  }

  /** Stops painting while another program uses the terminal. */
  pause(): void {
    this.#paused = true;
  }

  /** Paints everything again after a pause or a change of the window's size. */
  goOn(): void {
    this.#paused = false;
    this.#shown = '';
    this.#long = true;
    this.now();
  }

  close(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting);
    if (!this.#closed && this.#shown !== '') this.#io.out('\r\n');
    this.#closed = true;
  }
}
