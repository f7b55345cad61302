import { describe, expect, it } from 'vitest';
import type { Trace } from '../../simulator/trace.ts';
import { counter, TraceWriter } from '../fixtures/trace-writer.ts';
import { PLAIN_PAGE } from '../report/page.ts';
import type { StepsOfInterest } from './conflict-part.ts';
import { drawTrace } from './terminal.ts';

/** `early#1` writes while the consumer is off; then the scenario changes the mapping, and `late#1` writes. */
function consumed(writes: number, isOn = true): Trace {
  const writer = new TraceWriter().sendInvokes('early#1', 'late#1').start('early#1');
  for (let n = 0; n < writes; n += 1) writer.put('early#1', counter(n), counter(n + 1));
  return writer.switchMapping(isOn).start('late#1').put('late#1', counter(writes), counter(0)).trace;
}

const drawn = (trace: Trace, interest: StepsOfInterest = {}) => drawTrace(trace, PLAIN_PAGE, interest).join('\n');

describe('the steps before a consumer is switched on', () => {
  it('are one line of a drawing, and their lanes are not there', () => {
    const drawing = drawn(consumed(4));
    expect(drawing).toContain('… 6 steps until the consumer is switched on …');
    expect(drawing).not.toContain('early#1');
    expect(drawing).toMatch(/^7 .* starts$/m);
  });

  it.each([
    ['fewer than six', consumed(3), {}],
    ['before another change of the mapping', consumed(4, false), {}],
    ['named by a sentence', consumed(4), { because: ['early#1 wrote at step 3.'] }],
    ['part of the conflict', consumed(4), { swap: { first: 2, second: 7 } }],
  ])('stay if they are %s', (_what, trace, interest) => {
    const drawing = drawn(trace, interest);
    expect(drawing).not.toContain('switched on');
    expect(drawing).toContain('early#1');
  });

  it('are one line although a sentence names a later step', () => {
    const because = ['late#1 wrote at step 8.'];
    expect(drawn(consumed(4), { because })).toContain('until the consumer is switched on');
  });
});
