/**
 * Rejections that learners' code in this process leaves unhandled: each belongs to the step that made it.
 *
 * Node tells the process of them, where test runners listen and would fail the engineer's test. So while a host is open they
 * are taken out before any listener hears them; all others pass. Steps of several hosts take turns, since a rejection comes
 * after the work that made it and doesn't say whose it is.
 */

import process from 'node:process';

type Receive = (reason: unknown) => void;
type Emit = typeof process.emit;

let hosts = 0;
let giveBack: () => void = () => {};
/** Whether a host has the turn; only then it begins a step. */
let isTaken = false;
const waiting: (() => void)[] = [];
/** Receives the rejections of the step that is being carried out. */
let receive: Receive | null = null;

/** Takes learners' rejections out from now on; the returned function lets go, once. */
export function takeOutRejections(): () => void {
  hosts += 1;
  if (hosts === 1) giveBack = takeOver(process.emit);
  let isTaking = true;
  return () => {
    if (!isTaking) return;
    isTaking = false;
    hosts -= 1;
    if (hosts === 0) giveBack();
  };
}

/** Takes the turn for one step: at once, which gives null, or when all who came before have ended theirs. */
export function turnForStep(): Promise<void> | null {
  if (isTaken) return new Promise((resolve) => void waiting.push(resolve));
  isTaken = true;
  return null;
}

/** From now on rejections are received by the step that has the turn. */
export function receiveRejections(by: Receive): void {
  receive = by;
}

/** Ends the step. The turn goes to the host that has waited longest. */
export function endStep(): void {
  receive = null;
  const next = waiting.shift();
  if (next === undefined) isTaken = false;
  else next();
}

/** Puts an `emit` over the usual one; the returned function takes it away, unless someone has put theirs over it. */
function takeOver(usual: Emit): () => void {
  const ours = ((...args: unknown[]): boolean => {
    const [event, reason, promise] = args;
    if (event !== 'unhandledRejection' || receive === null || promise instanceof Promise)
      return Reflect.apply(usual, process, args);
    receive(reason);
    return true;
  }) as Emit;
  process.emit = ours;
  return () => {
    if (process.emit === ours) process.emit = usual;
  };
}
