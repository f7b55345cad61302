/** The same effect twice: found for what the violation is about, and nothing else is blamed. */

import { describe, expect, it } from 'vitest';
import type { Violation } from '../../course/lab.ts';
import { counter, lostUpdateTrace, TraceWriter } from '../fixtures/trace-writer.ts';
import { explain } from './explain.ts';

const numbering = ({ step }: { readonly step: number }) => step;
const about = { names: ['notify-me'], tooOften: true } as const;
const violation = { headline: 'It was sent twice.', hintId: 'twice', about };
const asked = { kind: 'downstream-entered', downstream: 'mail', call: 'c', request: { to: 'notify-me' } } as const;

/** Both look, both send, both leave a marker that has no content but its key. */
function bothSend(): TraceWriter {
  const marker = { id: { S: 'notify-me' } };
  const writer = new TraceWriter().start('send#1').start('send#2').get('send#1', null).get('send#2', null);
  writer.sleep('send#1', 1).note('send#1', asked);
  writer.sleep('send#2', 1).note('send#2', asked);
  return writer.put('send#1', null, marker).put('send#2', marker, marker);
}

describe('what happened too often', () => {
  it('is marked each time, with the read on which it was based', () => {
    expect(explain(bothSend().trace, violation, { numbering }).marked).toEqual([
      { kind: 'repeats', step: 5, nth: 1, since: 3 },
      { kind: 'repeats', step: 6, nth: 2, since: 4 },
    ]);
  });

  it('is told with what the second actor had read', () => {
    expect(explain(bothSend().trace, violation, { numbering }).because).toEqual([
      'send#1 asked mail about notify-me at step 5, and send#2 asked it again at step 6, with the same request.',
      'send#2 had found no item at step 4, before send#1 wrote at step 7.',
    ]);
  });

  it('is a fact without blame where the violation does not say so', () => {
    const { because, marked } = explain(
      bothSend().trace,
      { ...violation, about: { names: ['notify-me'] } },
      { numbering },
    );
    expect(because).toHaveLength(1);
    expect(marked).toBeUndefined();
  });

  it('is told of two equal ones where the thing may come several times', () => {
    const writer = new TraceWriter().start('send#1');
    for (const [at, text] of ['hello', 'goodbye', 'hello'].entries())
      writer.sleep('send#1', 1).note('send#1', { ...asked, call: `c${at}`, request: { to: 'notify-me', text } });
    const tell = (more: Pick<NonNullable<Violation['about']>, 'tooOften'>) =>
      explain(writer.trace, { ...violation, about: { names: ['notify-me'], ...more } }, { numbering }).because[0];
    expect(tell({})).toBe(
      'send#1 asked mail about notify-me at step 2, and asked it again at step 4, with the same request.',
    );
    expect(tell({ tooOften: true })).toBe(
      'send#1 asked mail about notify-me at step 2, and asked it again at step 3, with another text.',
    );
  });

  it('can be a change that a service computes, or a message', () => {
    const writer = new TraceWriter().start('a#1').add('a#1', null, counter(1)).add('a#1', counter(1), counter(2));
    expect(explain(writer.trace, violation, { numbering }).marked?.map(({ step }) => step)).toEqual([2, 3]);
    const mails = new TraceWriter().start('a#1');
    for (const messageId of ['m-1', 'm-2']) {
      const body = '{"to":"notify-me"}';
      mails.sleep('a#1', 1).note('a#1', { kind: 'message-sent', queue: 'mails', messageId, body, visibleAtMs: 0 });
    }
    expect(explain(mails.trace, violation, { numbering }).because).toEqual([
      'a#1 sent a message about notify-me to mails at step 2, and sent another at step 3, with the same request.',
    ]);
  });
});

describe('a stale write', () => {
  it('is not blamed where the violation is about another item', () => {
    const other = { headline: 'Another item is wrong.', hintId: 'other', about: { names: ['other'] } };
    const { because, marked } = explain(lostUpdateTrace(), other, { numbering });
    expect({ because, marked }).toEqual({ because: [], marked: undefined });
  });

  it('is marked with its read where the violation is about its item', () => {
    const mine = { headline: 'It is wrong.', hintId: 'mine', about: { names: ['notify-me'] } };
    expect(explain(lostUpdateTrace(), mine, { numbering }).marked).toEqual([
      { kind: 'erases', step: 6, whose: 'bump#1', since: 4 },
    ]);
  });

  it('is none where the same text was written once more', () => {
    const done = { id: { S: 'notify-me' }, state: { S: 'done' } };
    const writer = new TraceWriter().get('a#1', null).get('a#2', null).put('a#1', null, done).put('a#2', done, done);
    expect(explain(writer.trace, { headline: 'It went wrong.', hintId: 'any' }).because).toEqual([]);
  });
});
