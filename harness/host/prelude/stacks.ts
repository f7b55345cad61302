/**
 * Stacks as learners' code sees them: its own frames under `/var/task` and no other.
 *
 * The frames of the harness between them would name folders of this machine, and a handler that prints a stack would then
 * leave another trace on each machine.
 */

/** Between a handler and the world lie the SDK's own frames; the handler's line must still be on the stack. */
const FRAMES = 50;

interface CallSite {
  /** The name that the code says it has; else that of its file. */
  getScriptNameOrSourceURL(): string | null | undefined;
  toString(): string;
}

/** To be called before the language's own objects are frozen. */
export function keepToOwnFrames(): void {
  const describe = Error.prototype.toString;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error: Error, sites: readonly CallSite[]): string => {
    const own = sites.filter((site) => site.getScriptNameOrSourceURL()?.startsWith('/var/task/') === true);
    return [headline(describe, error), ...own.map((site) => `    at ${site.toString()}`)].join('\n');
  };
}

/** A learner's error may throw when it is asked for its name. */
function headline(describe: (this: Error) => string, error: Error): string {
  try {
    return describe.call(error);
  } catch {
    return 'Error';
  }
}
