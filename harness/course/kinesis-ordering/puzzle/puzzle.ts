/**
 * The puzzle of lab 5 in words: a write that is on its way for so long that the account is further on when it arrives.
 *
 * late-write.ts has the rules, late-write-trace.ts the trace.
 */

import { countOrders, type Puzzle } from '../../kit/puzzle.ts';
import {
  type AccountRuns,
  type ApplyRun,
  type BookedAccount,
  mayBegin,
  playApplying,
  RUNS,
  seqOf,
} from './late-write.ts';
import { ACCOUNT, traceOfApplying } from './late-write-trace.ts';

const lateWritePuzzle: Puzzle = {
  actors: RUNS,
  end: (moves) => ENDS[stateOf(moves).end],
  next(moves, actor) {
    const state = stateOf(moves);
    const run = actor as ApplyRun;
    const { next } = state.runs[run];
    return next === null || state.end !== 'open' || !mayBegin(run, state) ? null : sayNext(run, next);
  },
  idle(moves, actor) {
    const state = stateOf(moves);
    const run = actor as ApplyRun;
    if (state.runs[run].next === null) return 'has ended';
    return run === 'apply#2' ? 'begins when apply#1 was cut off' : 'begins when apply#2 has ended';
  },
  facts(moves) {
    const { account, runs } = stateOf(moves);
    return [
      ['the table', sayAccount(account)],
      ['on its way', runs['apply#1'].next === 'arrive' ? `the write of apply#1: ${sayAccount(FIRST)}` : '–'],
      ...RUNS.slice(1).map((run) => [`${run} has seen`, saySeen(runs[run].seen)] as const),
    ];
  },
  say(moves) {
    const after = stateOf(moves);
    if (after.end !== 'open') return sayEnd(after);
    return sayStep(moves.at(-1) as ApplyRun, stateOf(moves.slice(0, -1)), after);
  },
  headline: (moves) =>
    stateOf(moves).end === 'lost' ? `Account ${ACCOUNT} has 100.00 after event 1, and event 2 is gone.` : '',
  about: { names: [ACCOUNT] },
  trace: (moves) => traceOfApplying(runsIn(moves)),
};

/** Every lab's puzzle is its default export, by which the lab's page finds it. */
export default lateWritePuzzle;

const ENDS = { open: 'open', lost: 'broken', right: 'held' } as const;
const FIRST: BookedAccount = { balance: 100, lastSeq: 1 };

function stateOf(moves: readonly string[]): AccountRuns {
  return playApplying(runsIn(moves));
}

function runsIn(moves: readonly string[]): readonly ApplyRun[] {
  return moves.flatMap((move) => RUNS.filter((run) => run === move));
}

function sayNext(run: ApplyRun, next: 'look' | 'send' | 'arrive' | 'write'): string {
  switch (next) {
    case 'look':
      return `take event ${seqOf(run)}, and look at the account`;
    case 'send':
      return 'send the write, and be cut off by the timeout';
    case 'arrive':
      return 'let its write arrive at the table';
    case 'write':
      return `write what event ${seqOf(run)} makes of what it saw`;
  }
}

function sayAccount(account: BookedAccount | null): string {
  return account === null ? 'no item' : `${account.balance}.00 after event ${account.lastSeq}`;
}

function saySeen(seen: BookedAccount | null | undefined): string {
  return seen === undefined ? '–' : sayAccount(seen);
}

function sayStep(run: ApplyRun, before: AccountRuns, after: AccountRuns): string {
  switch (before.runs[run].next) {
    case 'look': {
      const saw = `${run} got event ${seqOf(run)}, looked, and saw ${sayAccount(before.account)}`;
      return after.runs[run].next === null ? `${saw}: that is done, so it ended.` : `${saw}.`;
    }
    case 'send':
      return 'apply#1 sent its write, and its time was over. The write is on its way. Lambda gives the batch to the function again.';
    case 'arrive':
      return `The write of apply#1 arrived: ${sayAccount(after.account)}.`;
    case 'write':
      return `${run} wrote ${sayAccount(after.account)}, and ended.`;
    default:
      return '';
  }
}

function sayEnd({ end }: AccountRuns): string {
  if (end === 'right') {
    return 'The account has 20.00 after event 2. Undo, and let the write of apply#1 arrive later.';
  }
  const { all, broken } = countOrders(lateWritePuzzle);
  return `The account has 100.00 again, and no event will come to change that. Each look was right when it was made; only the table could have refused the old write. ${broken} of the ${all} schedules of these steps ends so.`;
}
