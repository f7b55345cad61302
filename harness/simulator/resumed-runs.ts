/**
 * The runs of one exploration in one world: a run goes on from where it leaves the run before, if there is a checkpoint for that.
 *
 * A resumed run shows what it would have shown from its start, byte for byte: its trace, its result and its counts. It chooses nothing.
 */

import type { Choices } from './kernel/choices.ts';
import { ResumableChoices } from './kernel/resumption.ts';
import type { ScenarioActor, World, WorldRun } from './world.ts';

/** A world before its first step, and who acts out the scenario in it. */
export interface StagedWorld<Result> {
  readonly world: World;
  readonly actor: ScenarioActor<Result>;
}

export class ResumedRuns<Result> {
  readonly #choices = new ResumableChoices(() => this.#staged?.world.checkpoint(this.#staged.actor) ?? null);
  #staged: StagedWorld<Result> | null = null;

  /**
   * Runs under these choices. `stage` builds a world for a run that must begin at its start; it must use the choices that it is given,
   * which make these and later runs' choices.
   */
  start(
    choices: Choices,
    stage: (choices: Choices) => StagedWorld<Result>,
  ): { readonly world: World; readonly done: Promise<WorldRun<Result>> } {
    if (this.#choices.begin(choices) && this.#staged !== null) {
      const { world, actor } = this.#staged;
      return { world, done: world.goOn(actor) };
    }
    // No checkpoint is taken of the world before while another one is being built.
    this.#staged = null;
    this.#staged = stage(this.#choices);
    const { world, actor } = this.#staged;
    return { world, done: world.run(actor) };
  }
}
