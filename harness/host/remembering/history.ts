/**
 * The commands that one execution environment received, in order, and what it did after each.
 *
 * Code in an environment sees only its commands, so the same commands in the same order have the same effect. All histories
 * together form a tree in which each edge is a command. This file holds data and runs nothing.
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

  /** The environment after this command; undefined if the command has never come next. */
  after(command: LearnerCommand): History | undefined {
    return this.#next.get(command);
  }

  /** Remembers what the environment did when this command came next. */
  extend(command: LearnerCommand, reports: readonly HostReport[]): History {
    const next = new History(this, command, reports);
    this.#next.add(command, next);
    return next;
  }

  /** The histories from the start of the environment to this one. */
  path(): readonly History[] {
    const path: History[] = [];
    for (let at: History | null = this; at !== null; at = at.before) path.push(at);
    return path.reverse();
  }
}
