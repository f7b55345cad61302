/**
 * Stacks as learners' code sees them: its own frames under `/var/task` and no others.
 *
 * The harness's frames between them would name folders of this machine, and a handler that prints a stack would then write a
 * different trace on each machine.
 */

/** The SDK's own frames lie between a handler and the world; the handler's line must still be on the stack. */
const FRAMES = 50;

interface CallSite {
  /** The name that the code declares, or else that of its file. */
  getScriptNameOrSourceURL(): string | null | undefined;
  toString(): string;
}

/** Must be called before the language's own objects are frozen. */
export function keepToOwnFrames(): void {
  const describe = Error.prototype.toString;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error: Error, sites: readonly CallSite[]): string => {
    const own = sites.filter((site) => site.getScriptNameOrSourceURL()?.startsWith('/var/task/') === true);
    return [headline(describe, error), ...own.map((site) => `    at ${site.toString()}`)].join('\n');
  };
}

/** Reading the name of a learner's error may throw. */
function headline(describe: (this: Error) => string, error: Error): string {
  try {
    return describe.call(error);
  } catch {
    return 'Error';
  }
}
