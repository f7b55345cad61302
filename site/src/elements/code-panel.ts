/**
 * The code of a run, with the numbers of the invocations at the lines where they stand.
 *
 * It shows what it is told and keeps no step of its own.
 */

import type { Excerpt } from '../lanes/excerpts.ts';
import type { Stand } from '../lanes/stands.ts';
import { make } from './dom.ts';

export class CodePanel {
  readonly element: HTMLElement;
  readonly #lines = new Map<string, HTMLElement>();

  /** `lanes`: every invocation that will stand somewhere in this code. */
  constructor(excerpts: readonly Excerpt[], lanes: readonly string[]) {
    const files = excerpts.map((excerpt) => this.#file(excerpt));
    this.element = make('div', { class: 'code-panel', role: 'group', 'aria-label': 'Where the code stands' }, ...files);
    const width = lanes.reduce((sum, lane) => sum + shortName(lane).length + 2, 0);
    this.element.style.setProperty('--who-width', `${Math.max(4, width)}ch`);
  }

  /** Marks the lines. ● has just made the call of its line, ○ waits there. */
  mark(stands: readonly Stand[]): void {
    for (const line of this.#lines.values()) {
      line.classList.remove('stands', 'acted');
      line.querySelector('.who')?.replaceChildren();
    }
    for (const { lane, file, line, acted } of stands) {
      const node = this.#lines.get(`${file}:${line}`);
      if (node === undefined) continue;
      node.classList.add('stands');
      if (acted) node.classList.add('acted');
      const sign = make('span', {
        class: acted ? 'acts' : 'waits',
        text: `${acted ? '●' : '○'}${shortName(lane)}`,
        title: lane,
      });
      node.querySelector('.who')?.append(sign);
    }
  }

  #file({ file, from, lines }: Excerpt): HTMLElement {
    const code = make('pre', { tabindex: '0', role: 'group', 'aria-label': `${file}, from line ${from}` });
    code.append(...lines.map((text, index) => this.#line(file, from + index, text)));
    return make('div', {}, make('p', { class: 'code-file', text: file }), code);
  }

  #line(file: string, number: number, text: string): HTMLElement {
    const node = make(
      'span',
      { class: 'code-line' },
      make('span', { class: 'line-number', text: String(number) }),
      make('span', { class: 'who' }),
      make('span', { class: 'line-text', text: text === '' ? ' ' : text }),
    );
    this.#lines.set(`${file}:${number}`, node);
    return node;
  }
}

/** «debit#2» → «#2»: the file says the rest. */
function shortName(lane: string): string {
  return /#\d+$/.exec(lane)?.[0] ?? lane;
}
