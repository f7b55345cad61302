/**
 * The pages as they stand at this moment: built, being built, or not to be had, with the reason.
 *
 * A first build takes as long as the grader needs for all labs, so the server listens at once and this says what it can answer
 * meanwhile. It builds nothing unless asked, and serves nothing.
 */

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { siteFolder } from '../clone.ts';
import type { EventHub } from './events.ts';
import { buildSite, hashSources, type SiteState, siteState } from './site-build.ts';

/** Why there are no pages to show: they are on their way (`building`, with the step of the build), or they can't be built. */
export type NoPages =
  | { readonly kind: 'building'; readonly step: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** The last lines of a build that failed, or why there was none. */
export type BuildOutcome =
  | { readonly kind: 'built' | 'fresh' | 'ended' }
  | { readonly kind: 'failed'; readonly reason: string };

export class CoursePages {
  readonly #sources: string;
  readonly #events: EventHub;
  #missing: NoPages | null;

  readonly state: SiteState;

  private constructor(sources: string, state: SiteState, events: EventHub) {
    this.#sources = sources;
    this.#events = events;
    this.state = state;
    this.#missing = state === 'missing' ? { kind: 'building', step: 'starting' } : null;
  }

  /** Looks at what is there. */
  static async lookAt(events: EventHub): Promise<CoursePages> {
    const sources = await hashSources();
    return new CoursePages(sources, await siteState(sources), events);
  }

  /** Null if there are pages, if perhaps old ones. */
  missing(): NoPages | null {
    return this.#missing;
  }

  /** Builds the pages if they are not fresh. Pages that wait for them hear of each step and of the end. `signal` ends it. */
  async bringUpToDate(signal: AbortSignal): Promise<BuildOutcome> {
    if (this.state === 'fresh') return { kind: 'fresh' };
    if (!(await isWritable(siteFolder()))) return this.#failed(`${siteFolder()} can’t be written to.`);
    const { ok, output } = await buildSite(this.#sources, signal, (step) => this.#tell(step));
    if (signal.aborted) return { kind: 'ended' };
    if (!ok) return this.#failed(output);
    this.#missing = null;
    this.#events.send('pages', {});
    return { kind: 'built' };
  }

  #tell(step: string): void {
    if (this.#missing !== null) this.#missing = { kind: 'building', step };
    this.#events.send('building', { step });
  }

  #failed(reason: string): BuildOutcome {
    if (this.#missing !== null) this.#missing = { kind: 'failed', reason };
    this.#events.send('pages', {});
    return { kind: 'failed', reason };
  }
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
