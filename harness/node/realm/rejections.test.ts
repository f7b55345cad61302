/**
 * What a process hears of unhandled rejections while a host is open, and that it is itself again afterwards.
 */

import process from 'node:process';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { nextTurnOfLoop } from '../turns.ts';
import { endStep, receiveRejections, takeOutRejections, turnForStep } from './rejections.ts';

const heard: unknown[] = [];
const listener = (reason: unknown): void => {
  heard.push(reason);
};

afterEach(() => {
  process.off('unhandledRejection', listener);
  heard.length = 0;
});

const rejectInRealm = (reason: string): void => void runInNewContext('Promise.reject(reason)', { reason });

/** Takes rejections out until the test ends. */
function open(): () => void {
  const letGo = takeOutRejections();
  onTestFinished(letGo);
  return letGo;
}

describe('an unhandled rejection', () => {
  it('of a realm is the step’s that made it, and no listener hears it', async () => {
    process.on('unhandledRejection', listener);
    open();
    const received: unknown[] = [];
    expect(turnForStep()).toBe(null);
    receiveRejections((reason) => received.push(reason));
    rejectInRealm('theirs');
    await nextTurnOfLoop();
    endStep();
    expect([received, heard]).toEqual([['theirs'], []]);
  });

  it('of this process is heard by its listeners, also during a step', async () => {
    process.on('unhandledRejection', listener);
    open();
    expect(turnForStep()).toBe(null);
    receiveRejections(() => expect.unreachable('it is not the learner’s'));
    void Promise.reject('ours');
    await nextTurnOfLoop();
    endStep();
    expect(heard).toEqual(['ours']);
  });

  it('of a realm is heard again once the last host is closed', async () => {
    process.on('unhandledRejection', listener);
    const before = process.emit;
    const [first, second] = [open(), open()];
    expect(process.emit).not.toBe(before);
    first();
    first();
    expect(process.emit).not.toBe(before);
    second();
    expect(process.emit).toBe(before);
    rejectInRealm('theirs');
    await nextTurnOfLoop();
    expect(heard).toEqual(['theirs']);
  });
});

describe('an emit that someone else put over it', () => {
  it('stays when the last host is closed, and still reaches the listeners', async () => {
    process.on('unhandledRejection', listener);
    const before = process.emit;
    const letGo = open();
    const below = process.emit;
    const over = ((...args: unknown[]) => Reflect.apply(below, process, args)) as typeof process.emit;
    process.emit = over;
    onTestFinished(() => {
      process.emit = before;
    });
    letGo();
    expect(process.emit).toBe(over);
    const letGoAgain = open();
    void Promise.reject('ours');
    await nextTurnOfLoop();
    expect(heard).toEqual(['ours']);
    letGoAgain();
    expect(process.emit).toBe(over);
  });
});

describe('steps of several hosts', () => {
  it('take turns in the order in which they came', async () => {
    const order: string[] = [];
    const step = async (name: string): Promise<void> => {
      await turnForStep();
      order.push(`${name} begins`);
      await nextTurnOfLoop();
      order.push(`${name} ends`);
      endStep();
    };
    await Promise.all(['a', 'b', 'c'].map(step));
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(turnForStep()).toBe(null);
    endStep();
  });
});
