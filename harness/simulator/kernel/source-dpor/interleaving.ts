/**
 * The choices of one interleaving, made by an exploration that knows all earlier ones: the record is kept here, the choosing
 * is done there.
 *
 * The record reads as if every step had been picked by its index among the possible ones, so `replay` can follow it.
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import { answerNamed, type Choices, type NamedOption, type NextStepFacts, type Pick } from '../choices.ts';
import type { StepFootprint } from '../footprint.ts';

/** What an exploration is asked and told while one interleaving runs. */
export interface InterleavingGuide {
  /** The index of the next step among the possible ones; null ends the run. */
  chooseStep(possible: readonly AgendaEvent[], facts?: NextStepFacts): number | null;
  /** Answers a question. `nameOf`: what an option stands for, wherever else it is offered. */
  chooseAnswer(of: number, nameOf: (option: number) => string): number;
  /** Whether the run has entered an equivalence class that has been visited, so that it need not go on. */
  readonly isSleepSetBlocked: boolean;
  /** How many choice points the current run has in common with the run before it. */
  readonly sharedPoints: number;
  touch(footprint: StepFootprint): void;
  rest(): void;
}

export class InterleavingChoices implements Choices {
  readonly record: Pick[] = [];
  readonly #guide: InterleavingGuide;

  constructor(guide: InterleavingGuide) {
    this.#guide = guide;
  }

  get sharedPoints(): number {
    return this.#guide.sharedPoints;
  }

  pick(reason: string, of: number, named?: readonly NamedOption[]): number {
    invariant(of >= 1, `«${reason}» has no option to choose from`);
    if (of === 1) return 0;
    const chosen = this.#guide.chooseAnswer(of, (option) => answerNamed(reason, option, named));
    this.record.push({ reason, of, chosen });
    return chosen;
  }

  next(possible: readonly AgendaEvent[], facts?: NextStepFacts): number | null {
    const chosen = this.#guide.chooseStep(possible, facts);
    if (chosen !== null && possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  isSleepSetBlocked(): boolean {
    return this.#guide.isSleepSetBlocked;
  }

  touch(footprint: StepFootprint): void {
    this.#guide.touch(footprint);
  }

  rest(): void {
    this.#guide.rest();
  }
}
