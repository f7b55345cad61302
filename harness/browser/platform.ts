/**
 * A worker of a page as a platform: a browser's implementation of what the grader needs of a machine.
 *
 * The caller passes in the bundler, since a page can have one in several ways. Exploration uses one thread, and nothing is
 * cached.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Bundler, Platform } from '../platform/platform.ts';
import { WorkerHost } from './host.ts';
import { messagesToSelf } from './turns.ts';

export interface BrowserParts {
  readonly bundler: Bundler;
  /** The script that the worker of a slot runs: `slot-worker.ts`, bundled. */
  readonly slotScript: URL;
}

/** The platform of this page. */
export function browserPlatform({ bundler, slotScript }: BrowserParts): Platform {
  const turn = messagesToSelf();
  return {
    runtime: navigator.userAgent,
    turns: { whenPromisesWait: turn, nextTurn: turn },
    bundler,
    sha256(...texts) {
      const hash = sha256.create();
      for (const text of texts) hash.update(utf8ToBytes(text));
      return bytesToHex(hash.digest());
    },
    async startBareHost(kind, sources, limits) {
      if (kind === 'in-workers') {
        requireUtc();
        return new WorkerHost({ sources, slotScript, ...limits });
      }
      throw new Error(
        `In a browser learners’ code runs «in-workers», not «${kind}»: a page has no processes and no realms.`,
      );
    },
    startThread: null,
    shownPlace: (place) => place,
  };
}

/** A page can't set the time zone of its workers, and code that reads the local time must see the same time everywhere. */
function requireUtc(): void {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  if (new Date(0).getTimezoneOffset() === 0 && /^(UTC|Etc\/|GMT)/.test(timeZone)) return;
  throw new Error(
    `Nothing is graded in this page: its time zone is ${timeZone}, and learners’ code lives in UTC, as in Lambda. Grade in the terminal: npm test.`,
  );
}
