/**
 * `<solution-diff lab="…">`: when every task holds, the reader's files beside the solution's, file by file.
 *
 * The page on `npm start` has the files; the server hands out the comparison only after a pass. Elsewhere the command that stands in
 * the page remains.
 */

import { make } from './dom.ts';
import { followGrading } from './grading-seen.ts';
import { type ComparedFile, comparison } from './local-api.ts';
import { holdsInAll } from './verdict-words.ts';

class SolutionDiff extends HTMLElement {
  private compared: unknown = null;

  connectedCallback(): void {
    const lab = this.getAttribute('lab') ?? '';
    followGrading(lab, ({ verdict, isGrading }) => {
      if (verdict === null || isGrading || !holdsInAll(verdict) || this.compared === verdict) return;
      this.compared = verdict;
      void comparison(lab).then((files) => files && this.show(files));
    });
  }

  private show(files: readonly ComparedFile[]): void {
    const changed = files.filter(({ lines }) => lines.length > 0);
    const equal = files.filter(({ lines }) => lines.length === 0).map(({ path }) => path);
    const lead =
      changed.length === 0
        ? 'Your files are the solution’s, word for word.'
        : 'Your code, and the solution’s. A line with − is yours, a line with + is the solution’s; both answers hold.';
    this.replaceChildren(
      make('p', { text: lead }),
      ...changed.map(fileNode),
      ...(equal.length === 0 || changed.length === 0
        ? []
        : [make('p', { class: 'context', text: `The same: ${equal.join(', ')}` })]),
    );
  }
}

function fileNode({ path, lines }: ComparedFile): HTMLElement {
  const code = make('pre', { class: 'diff', tabindex: '0', role: 'group', 'aria-label': `How ${path} differs` });
  // The first two lines name the files, which the summary has said.
  code.append(...lines.slice(2).map((text) => make('span', { class: kindOf(text), text: `${text}\n` })));
  return make('details', { class: 'verdict-fold' }, make('summary', { text: path }), code);
}

function kindOf(line: string): string {
  if (line.startsWith('+')) return 'theirs';
  if (line.startsWith('-')) return 'mine';
  return line.startsWith('@@') ? 'hunk' : '';
}

customElements.define('solution-diff', SolutionDiff);
