import { describe, expect, it } from 'vitest';
import type { Trace } from '../../simulator/trace.ts';
import { counter, lostUpdateTrace, READ_LINE, TraceWriter, WRITE_LINE } from '../fixtures/trace-writer.ts';
import { type ExplainOptions, explain } from './explain.ts';

const numbering = ({ step }: { readonly step: number }) => step;
const violation = { headline: '2 bumps were answered, but the counter says 1.', hintId: 'lost-update' };
const because = (trace: Trace, options: Partial<ExplainOptions> = {}, headline = violation.headline) =>
  explain(trace, { ...violation, headline }, { numbering, ...options }).because;

const both = () => new TraceWriter().sendInvokes('bump#1', 'bump#2').start('bump#1').start('bump#2');

describe('a stale write', () => {
  it('is told with the reader, the writer in between and the erased write', () => {
    expect(because(lostUpdateTrace())).toEqual([
      'bump#2 found no item at step 4, before bump#1 wrote bumps = 1 at step 5.',
      "bump#2's own write at step 6, bumps = 1, then erased it.",
      'Both had read before either wrote.',
    ]);
  });

  it('names the read first, and the two steps whose order mattered', () => {
    const { frame, conflicts } = explain(lostUpdateTrace(), violation, { numbering });
    expect(frame).toEqual(READ_LINE);
    expect(conflicts).toEqual([{ first: 4, second: 5 }]);
  });

  it('promises that a swap helps only when it was tried', () => {
    expect(because(lostUpdateTrace()).join(' ')).not.toContain('held.');
    const saving = { kind: 'swap', first: 4, second: 5 } as const;
    expect(because(lostUpdateTrace(), { saving }).at(-1)).toBe('Had step 4 come after step 5, it would have held.');
    expect(explain(lostUpdateTrace(), violation, { numbering, saving })).toMatchObject({
      swap: { first: 4, second: 5 },
    });
  });

  it('says less of an order in which more was different, and shows no swap', () => {
    const saving = { kind: 'order', first: 4, second: 5 } as const;
    expect(because(lostUpdateTrace(), { saving }).at(-1)).toBe(
      'It holds under a schedule in which step 5 comes before step 4.',
    );
    expect(explain(lostUpdateTrace(), violation, { numbering, saving })).not.toHaveProperty('swap');
  });

  it('does not mention a pair whose steps have no number for the reader', () => {
    const saving = { kind: 'swap', first: 4, second: 5 } as const;
    const unnumbered = ({ step }: { readonly step: number }) => (step === 5 ? null : step);
    expect(because(lostUpdateTrace(), { saving, numbering: unnumbered }).join(' ')).not.toContain('held.');
  });

  it('says what the reader saw when there was an item', () => {
    const { trace } = both()
      .get('bump#1', counter(7))
      .put('bump#2', counter(7), counter(8))
      .put('bump#1', counter(8), counter(8));
    expect(because(trace)[0]).toBe('bump#1 read bumps = 7 at step 3, before bump#2 wrote bumps = 8 at step 4.');
  });

  it('says why a condition did not help', () => {
    const { trace } = both()
      .get('bump#1', counter(7))
      .put('bump#2', counter(7), counter(8))
      .put('bump#1', counter(8), counter(8), WRITE_LINE, 'attribute_not_exists(id) OR id = :id');
    expect(because(trace)).toContain(
      'The condition of that write, «attribute_not_exists(id) OR id = :id», held all the same: it does not look at bumps.',
    );
  });

  it('says that sleeping did not help, if an invocation slept', () => {
    const { trace } = both()
      .get('bump#1', null)
      .sleep('bump#2', 100)
      .get('bump#2', null)
      .put('bump#1', null, counter(1))
      .put('bump#2', counter(1), counter(1));
    expect(because(trace)).toContain('Sleeping did not keep them apart: a call may take longer than any sleep.');
  });

  it('is not found where the table itself did the adding', () => {
    const { trace } = both().get('bump#1', null).add('bump#2', null, counter(1)).add('bump#1', counter(1), counter(2));
    expect(because(trace)).toEqual([]);
  });

  it('is not found where the writer had read again', () => {
    const { trace } = both()
      .get('bump#1', null)
      .put('bump#2', null, counter(1))
      .get('bump#1', counter(1))
      .put('bump#1', counter(1), counter(2));
    expect(because(trace)).toEqual([]);
  });
});

describe('a refused write', () => {
  const gaveUp = () =>
    both()
      .get('bump#1', null)
      .put('bump#2', null, counter(1))
      .end('bump#2')
      .refusedPut('bump#1', counter(1), WRITE_LINE);

  it('is told with the write that won when the sender gave up', () => {
    const { trace } = gaveUp().fail('bump#1', 'ConditionalCheckFailedException', 'The conditional request failed');
    expect(because(trace)).toEqual([
      "bump#1 read at step 3, bump#2 wrote at step 4, so the condition of bump#1's write at step 5 failed.",
      'After its only attempt bump#1 gave up and failed.',
    ]);
    expect(explain(trace, violation, { numbering }).frame).toEqual(WRITE_LINE);
  });

  it('is told when the sender answered as if it had written', () => {
    expect(because(gaveUp().end('bump#1').trace).at(-1)).toBe(
      'bump#1 answered at step 5 all the same, though it had written nothing.',
    );
  });

  it('is told when the sender tried again with the old value', () => {
    const { trace } = gaveUp()
      .refusedPut('bump#1', counter(1))
      .fail('bump#1', 'ConditionalCheckFailedException', 'The conditional request failed');
    expect(because(trace)).toContain('It tried again at step 6 without reading again, so the condition failed again.');
    expect(because(trace)).toContain('After 2 attempts bump#1 gave up and failed.');
  });

  it('is not mentioned when the next attempt went through', () => {
    const { trace } = gaveUp().get('bump#1', counter(1)).put('bump#1', counter(1), counter(2)).end('bump#1');
    expect(because(trace)).toEqual([]);
  });
});

describe('incidents', () => {
  it('tell an error with its line', () => {
    const { trace } = both().get('bump#1', null).fail('bump#1', 'TypeError', 'Item is undefined', READ_LINE);
    expect(because(trace)).toEqual(['bump#1 failed at step 3 at src/bump.ts:30 with TypeError: Item is undefined.']);
  });

  it('tell the same error of several invocations once', () => {
    const { trace } = both().fail('bump#1', 'TypeError', 'no', READ_LINE).fail('bump#2', 'TypeError', 'no', READ_LINE);
    expect(because(trace)).toEqual(['bump#1 and bump#2 failed at src/bump.ts:30 with TypeError: no.']);
  });

  it.each([
    ['Runtime.ExitError', 'RequestId: 1 Error: Runtime exited', 'Remove process.exit, which ends'],
    [
      'TypeError',
      "Cannot change «map»: the language's own objects are frozen in a lab",
      'Write a function of your own',
    ],
    ['TypeError', "Cannot assign to read only property 'now' of object", 'If it belongs to the language, it is frozen'],
    ['Runtime.UnhandledPromiseRejection', 'Error: nobody', 'Await that promise'],
    ['RangeError', 'Maximum call stack size exceeded', 'Give the recursion an end'],
  ])('say once what to do about %s: %s', (errorType, errorMessage, advice) => {
    const { trace } = both().fail('bump#1', errorType, errorMessage).fail('bump#2', errorType, errorMessage);
    const explained = explain(trace, { ...violation, headline: 'bump#1 got no number.' }, { numbering });
    expect(explained.because).toHaveLength(2);
    expect(explained.because[0]).toMatch(/^bump#1 and bump#2 failed with /);
    expect(explained.because[1]).toContain(advice);
    expect(explained.advice).toBe(explained.because[1]);
  });

  it('say that a file threw while it was loaded, and what to do', () => {
    const writer = both();
    const error = { errorType: 'Error', errorMessage: 'no config' };
    writer.note('bump#1', {
      kind: 'invocation-ended',
      invocation: 'bump#1',
      functionName: 'bump',
      environment: 'bump/environment-1',
      outcome: { kind: 'failed', error, frame: READ_LINE, during: 'init' },
    });
    expect(because(writer.trace)[1]).toMatch(/^It was thrown while the file was loaded, so the handler never ran/);
  });

  it('give no advice where the error could mean anything', () => {
    const { trace } = both().fail('bump#1', 'TypeError', 'Item is undefined');
    expect(explain(trace, violation, { numbering })).not.toHaveProperty('advice');
  });

  it('leave the advice of one failure out of the message of another', () => {
    const trace = [...lostUpdateTrace(), ...both().fail('bump#1', 'Runtime.ExitError', 'exited').trace];
    expect(explain(trace, violation, { numbering })).not.toHaveProperty('advice');
  });

  it.each([
    ['crash-before', 'bump#1 crashed at step 3, before its GetItem took effect.'],
    ['crash-after', 'bump#1 crashed at step 3: its GetItem took effect, but the code never saw its answer.'],
    ['answer-lost', "The answer to bump#1's GetItem at step 3 got lost: it took effect, and bump#1 could not know."],
    ['deadline', 'bump#1 was so slow that its time ran out at step 3.'],
  ] as const)('tell the fault %s', (fault, sentence) => {
    const { trace } = both().get('bump#1', null).fault('bump#1', fault);
    expect(because(trace)).toEqual([sentence]);
  });

  it('say that it holds without the fault, where that was tried', () => {
    const { trace } = both().get('bump#1', null).fault('bump#1', 'crash-after');
    expect(because(trace, { saving: { kind: 'fault', step: 3, fault: 'crash-after' } }).at(-1)).toBe(
      'Without the crash at step 3 it holds.',
    );
  });

  it('tell a timeout with how long it ran', () => {
    const { trace } = both().sleep('bump#1', 10_000).fail('bump#1', 'Sandbox.Timedout', 'Task timed out');
    expect(because(trace)).toEqual(['Lambda ended bump#1 at step 3, 10 s after it had started: its time was up.']);
  });

  it('tell a throttled invocation, a refusal and a stall', () => {
    const writer = both();
    writer.note('bump', {
      kind: 'invocation-throttled',
      functionName: 'bump',
      reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    writer.note('bump#1', { kind: 'refused', what: 'a socket', advice: 'Use the SDK clients.', frame: READ_LINE });
    writer.note('bump#1', { kind: 'stalled', invocation: 'bump#1', frame: READ_LINE });
    expect(because(writer.trace)).toEqual([
      'Lambda refused an invocation of bump at step 2: ReservedFunctionConcurrentInvocationLimitExceeded.',
      'bump#1 asked for a socket at src/bump.ts:30. Use the SDK clients.',
      'bump#1 waits at src/bump.ts:30 for something that never happens in this lab.',
    ]);
  });

  it('come first when the violation is about them', () => {
    const { trace } = both()
      .get('bump#1', null)
      .get('bump#2', null)
      .put('bump#1', null, counter(1))
      .put('bump#2', counter(1), counter(1))
      .fail('bump#2', 'TypeError', 'no');
    expect(because(trace)[0]).toContain('found no item');
    expect(because(trace, {}, 'bump#2 got no number.')[0]).toContain('bump#2 failed');
  });
});
