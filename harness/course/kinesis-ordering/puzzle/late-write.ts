/**
 * The rules of «let a write come late»: one account, two events, and a handler that looks before it writes, without a condition.
 *
 * Pure: moves in, state out. The stream keeps its order, and still the first event's write may come last. Words and drawing are elsewhere.
 */

/** Three invocations: of event 1, of event 1 again because the first one was cut off, and of event 2. */
export const RUNS = ['apply#1', 'apply#2', 'apply#3'] as const;
export type ApplyRun = (typeof RUNS)[number];

/** What the table has for the account. */
export interface BookedAccount {
  readonly balance: number;
  readonly lastSeq: number;
}

/** `send`: the write leaves, and the invocation is cut off. `arrive`: that write reaches the table. */
export type ApplyStep = 'look' | 'send' | 'arrive' | 'write';

export interface ApplyProgress {
  /** The step that it does when it is chosen next; null when it has nothing left to do. */
  readonly next: ApplyStep | null;
  /** What it saw when it looked; undefined before. */
  readonly seen?: BookedAccount | null;
}

export interface AccountRuns {
  readonly runs: Readonly<Record<ApplyRun, ApplyProgress>>;
  /** Null: the table has no item for the account. */
  readonly account: BookedAccount | null;
  /** `lost`: all is done, and the table has forgotten event 2. */
  readonly end: 'open' | 'lost' | 'right';
}

const PAID_IN = 100;
const TAKEN_OUT = 80;
const AT_FIRST: AccountRuns = {
  runs: { 'apply#1': { next: 'look' }, 'apply#2': { next: 'look' }, 'apply#3': { next: 'look' } },
  account: null,
  end: 'open',
};

/** The event of an invocation: 1 pays 100 in, 2 takes 80 out. */
export function seqOf(run: ApplyRun): number {
  return run === 'apply#3' ? 2 : 1;
}

/** Whether an invocation has begun or may begin: a batch comes again after the cut, and the next one when that is done. */
export function mayBegin(run: ApplyRun, { runs }: AccountRuns): boolean {
  const isCut = runs['apply#1'].next === 'arrive' || runs['apply#1'].next === null;
  if (run === 'apply#1') return true;
  return run === 'apply#2' ? isCut : runs['apply#2'].next === null;
}

/** The state after these moves. A move of an invocation that has nothing to do changes nothing. */
export function playApplying(moves: readonly ApplyRun[]): AccountRuns {
  return moves.reduce(move, AT_FIRST);
}

function move(state: AccountRuns, run: ApplyRun): AccountRuns {
  const progress = state.runs[run];
  if (state.end !== 'open' || !mayBegin(run, state)) return state;
  switch (progress.next) {
    case 'look': {
      const seen = state.account;
      if (seen !== null && seen.lastSeq >= seqOf(run)) return settle(state, run, { next: null, seen }, seen);
      return settle(state, run, { next: run === 'apply#1' ? 'send' : 'write', seen }, state.account);
    }
    case 'send':
      return settle(state, run, { ...progress, next: 'arrive' }, state.account);
    case 'arrive':
    case 'write':
      return settle(state, run, { ...progress, next: null }, written(run, progress));
    case null:
      return state;
  }
}

/** What its write makes of the account: it knows only what it saw. */
export function written(run: ApplyRun, { seen }: ApplyProgress): BookedAccount {
  const balance = seen?.balance ?? 0;
  return seqOf(run) === 1
    ? { balance: balance + PAID_IN, lastSeq: 1 }
    : { balance: balance >= TAKEN_OUT ? balance - TAKEN_OUT : balance, lastSeq: 2 };
}

function settle(
  state: AccountRuns,
  run: ApplyRun,
  progress: ApplyProgress,
  account: BookedAccount | null,
): AccountRuns {
  const runs = { ...state.runs, [run]: progress };
  const isOver = RUNS.every((name) => runs[name].next === null);
  return { runs, account, end: !isOver ? 'open' : account?.lastSeq === 2 ? 'right' : 'lost' };
}
