/**
 * `<push-back>`: runs two producers against real streams, at the same time, and draws how many records each has in memory.
 *
 * The numbers are what the browser's own streams say; the page has those of the build until the reader runs it.
 */

import { produce, type Waiting } from '../lessons/kinesis-ordering/pushing-back.ts';

class PushBack extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const said = this.querySelector<HTMLElement>('[role="status"]');
    if (button === null || said === null) return;
    button.disabled = false;
    button.addEventListener('click', () => {
      void this.run(button, said);
    });
  }

  private async run(button: HTMLButtonElement, said: HTMLElement): Promise<void> {
    // Not disabled: a button that is loses the keyboard's place.
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    said.textContent = 'Both producers are at work.';
    const startedAtMs = performance.now();
    const rows = [...this.querySelectorAll<HTMLElement>('[data-heeds]')];
    const ends = await Promise.all(rows.map((row) => this.produceFor(row)));
    const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1);
    const [unheeded, heeded] = ends.map(({ mostWaiting }) => mostWaiting);
    said.textContent = `Done after ${seconds} seconds, both of them: one had up to ${unheeded} records in memory, the other one ${heeded}.`;
    button.removeAttribute('aria-disabled');
  }

  private produceFor(row: HTMLElement): Promise<Waiting> {
    const { records, highWaterMark, takesMs } = this.dataset;
    const producing = {
      records: Number(records),
      highWaterMark: Number(highWaterMark),
      heeds: row.dataset.heeds === 'true',
    };
    const take = () => new Promise<void>((resolve) => setTimeout(resolve, Number(takesMs)));
    return produce({ ...producing, take }, (now) => draw(row, now, producing.records));
  }
}

function draw(row: HTMLElement, { waiting, mostWaiting }: Waiting, records: number): void {
  const level = row.querySelector<HTMLElement>('.push-back-level');
  const most = row.querySelector<HTMLElement>('.push-back-most');
  if (level !== null) level.style.inlineSize = `${(100 * waiting) / records}%`;
  if (most !== null) most.textContent = String(mostWaiting);
}

customElements.define('push-back', PushBack);
