/** Too many requests at once: the one that was too many is named, with those that it met. */

import { describe, expect, it } from 'vitest';
import { TraceWriter } from '../fixtures/trace-writer.ts';
import { explain } from './explain.ts';
import { sayMark, sayMarkShortly } from './marked-step.ts';

const numbering = ({ step }: { readonly step: number }) => step;
const violation = (most: number) => ({
  headline: 'Legacy had too many requests at once.',
  hintId: 'crowd',
  about: { names: [], crowd: { downstream: 'legacy', most } },
});

function enters(writer: TraceWriter, actor: string, downstream = 'legacy'): void {
  writer.sleep(actor, 1).note(actor, { kind: 'downstream-entered', downstream, call: `${actor}/1`, request: {} });
}

function leaves(writer: TraceWriter, actor: string): void {
  const event = {
    kind: 'downstream-left',
    downstream: 'legacy',
    call: `${actor}/1`,
    answer: {},
    abandoned: false,
  } as const;
  writer.sleep(actor, 1).note(actor, event);
}

/** Three invocations ask one after the other, at steps 4 to 6, and hear at steps 7 to 9. */
function threeAsk(): TraceWriter {
  const writer = new TraceWriter().start('a#1').start('b#1').start('c#1');
  for (const actor of ['a#1', 'b#1', 'c#1']) enters(writer, actor);
  for (const actor of ['a#1', 'b#1', 'c#1']) leaves(writer, actor);
  return writer;
}

describe('too many requests at once', () => {
  it('are told by the one that was too many, with those that it met', () => {
    expect(explain(threeAsk().trace, violation(2), { numbering }).because).toEqual([
      'c#1 asked legacy at step 6, while a#1 (step 4) and b#1 (step 5) were still waiting for its answer: 3 requests at once, and it takes 2.',
    ]);
  });

  it('are marked at the first that was too many, since the first that it met', () => {
    expect(explain(threeAsk().trace, violation(1), { numbering }).marked).toEqual([
      { kind: 'crowds', step: 5, nth: 2, most: 1, since: 4 },
    ]);
  });

  it('would not have met if the last had come after the end of another', () => {
    expect(explain(threeAsk().trace, violation(2), { numbering }).conflicts).toEqual([
      { first: 6, second: 7 },
      { first: 6, second: 8 },
    ]);
  });

  it('are none where requests end, ask another system, or have lost their caller', () => {
    const writer = new TraceWriter().start('a#1').start('b#1').start('c#1').start('d#1');
    enters(writer, 'a#1');
    leaves(writer, 'a#1');
    enters(writer, 'b#1');
    const started = writer.trace.find(
      ({ actor, event }) => actor === 'b#1' && event.kind === 'invocation-started',
    )?.event;
    const environment = started?.kind === 'invocation-started' ? started.environment : '';
    writer.sleep('b#1', 1).note('b#1', { kind: 'environment-reset', functionName: 'b', environment, why: 'crash' });
    enters(writer, 'c#1', 'other');
    enters(writer, 'd#1');
    expect(explain(writer.trace, violation(1), { numbering })).toMatchObject({ because: [], conflicts: [] });
  });

  it('are said in as few words as there is room for', () => {
    const mark = { kind: 'crowds', step: 5, nth: 6, most: 5 } as const;
    expect([sayMark(mark), ...sayMarkShortly(mark)]).toEqual(['6 at once, takes 5', '6 at once', '6']);
  });
});
