/**
 * One run's choices, made by somebody who knows all runs before: the record is kept here, the choosing is theirs.
 *
 * The record reads as if every step had been picked among the possible ones, so that `replay` follows it.
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import type { Choices, MayHurry, Pick } from '../choices.ts';
import type { StepFootprint } from '../footprint.ts';

/** Who chooses: steps by what they are, values by how many there are. */
export interface Guide {
  /** The place of the next step among the possible ones; null ends the run. */
  step(possible: readonly AgendaEvent[], mayHurry?: MayHurry): number | null;
  /** `nameOf`: what an option stands for, wherever else it is offered. */
  value(of: number, nameOf: (option: number) => string): number;
  /** Whether what has happened shows nothing new, so that the run need not go on. */
  readonly hasGivenUp: boolean;
  touch(footprint: StepFootprint): void;
  rest(): void;
}

export class GuidedChoices implements Choices {
  readonly record: Pick[] = [];
  readonly #guide: Guide;

  constructor(guide: Guide) {
    this.#guide = guide;
  }

  pick(reason: string, of: number, names?: readonly string[]): number {
    invariant(of >= 1, `«${reason}» has no option to choose from`);
    if (of === 1) return 0;
    const chosen = this.#guide.value(of, (option) => `${reason}: ${names?.[option] ?? option}`);
    this.record.push({ reason, of, chosen });
    return chosen;
  }

  next(possible: readonly AgendaEvent[], mayHurry?: MayHurry): number | null {
    const chosen = this.#guide.step(possible, mayHurry);
    if (chosen !== null && possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  isGivenUp(): boolean {
    return this.#guide.hasGivenUp;
  }

  touch(footprint: StepFootprint): void {
    this.#guide.touch(footprint);
  }

  rest(): void {
    this.#guide.rest();
  }
}
