/**
 * What learners' code is told next: noted by the host, told when the host lets it run.
 *
 * The two are apart so that a script can do the second under a time limit, and carry nothing of the host into the realm.
 */

/**
 * The name under which that script finds {@link NotedWork.work}. Learners' code can find it, too: it belongs to the realm, can't be
 * replaced, and does nothing while learners' code runs.
 */
export const WORK = 'raceproofWork';

export class NotedWork {
  #noted: (() => void) | null = null;

  /** To be followed by {@link work} before anything else is noted. */
  note(work: () => void): void {
    this.#noted = work;
  }

  /** Does what was noted; nothing if nothing was. */
  readonly work = (): void => {
    const noted = this.#noted;
    this.#noted = null;
    noted?.();
  };
}
