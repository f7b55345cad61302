/**
 * What one execution environment was told, command by command, and what it did each time.
 *
 * Code in an environment sees nothing but its commands, so the same commands in the same order make it do the same. All
 * histories together are a tree: a step down is a command. Holds data and runs nothing.
 */

import type { HostCommand, HostReport } from '../../simulator/host.ts';
import { Known } from './known.ts';

/** Commands that let code run; a killed environment has no further history. */
export type LearnerCommand = Exclude<HostCommand, { kind: 'kill' }>;

/** An environment after its last command. */
export class History {
  readonly before: History | null;
  readonly command: LearnerCommand;
  readonly reports: readonly HostReport[];
  readonly #next = new Known<History>();

  constructor(before: History | null, command: LearnerCommand, reports: readonly HostReport[]) {
    this.before = before;
    this.command = command;
    this.reports = reports;
  }

  /** What became of it when this command came next; undefined if it never did. */
  after(command: LearnerCommand): History | undefined {
    return this.#next.get(command);
  }

  /** Remembers what it did when this command came next. */
  extend(command: LearnerCommand, reports: readonly HostReport[]): History {
    const next = new History(this, command, reports);
    this.#next.add(command, next);
    return next;
  }

  /** From the start of the environment to here. */
  path(): readonly History[] {
    const path: History[] = [];
    for (let at: History | null = this; at !== null; at = at.before) path.push(at);
    return path.reverse();
  }
}
