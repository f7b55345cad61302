/**
 * Thrown when an environment whose history was replayed did something else: its code is not deterministic.
 */

import type { HostReport } from '../../simulator/host.ts';
import { Divergence } from '../../simulator/kernel/choices.ts';
import { encode } from '../wire.ts';
import type { History } from './history.ts';

export class OtherThanBefore extends Divergence {
  /** The invocation that was running, or the environment if none was. */
  readonly who: string;
  /** The report of the first time; undefined if there was none. */
  readonly first: HostReport | undefined;
  readonly second: HostReport | undefined;

  /** `path` was repeated with the same reports up to some report. */
  constructor(path: readonly History[], again: readonly HostReport[]) {
    const environment = path[0]?.command.environment ?? 'an environment';
    super(0, `${environment} did not do the same for the same history`);
    const expected = path.flatMap((step) => step.reports);
    const at = expected.findIndex((report, index) => encode(report) !== encode(again[index]));
    this.first = expected[at];
    this.second = again[at];
    this.who = runningAt(path, at) ?? environment;
  }
}

/** The invocation that was running when the report of this number was made. */
function runningAt(path: readonly History[], report: number): string | null {
  let running: string | null = null;
  let made = 0;
  for (const { command, reports } of path) {
    if (command.kind === 'invoke') running = command.invocation;
    if (command.kind === 'start') running = command.first?.invocation ?? null;
    made += reports.length;
    if (made > report) break;
  }
  return running;
}
