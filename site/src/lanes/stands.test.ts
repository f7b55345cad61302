/** Where invocations stand in the code. */

import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../harness/simulator/trace.ts';
import { standsAfter } from './stands.ts';

const at = (line: number) => ({ file: 'src/bump.ts', line, column: 5 });
const entry = (step: number, actor: string, event: object) =>
  ({ seq: 0, atMs: 0, cause: null, step, actor, event }) as unknown as Trace[number];
const sent = (step: number, actor: string, line: number) => entry(step, actor, { kind: 'call-sent', frame: at(line) });
const applied = (step: number, actor: string, line: number) =>
  entry(step, actor, { kind: 'call-applied', frame: at(line) });
const ended = (step: number, invocation: string) => entry(step, invocation, { kind: 'invocation-ended', invocation });

const TRACE: Trace = [
  sent(1, 'bump#1', 10),
  sent(2, 'bump#2', 10),
  applied(3, 'bump#1', 10),
  sent(3, 'bump#1', 12),
  applied(4, 'bump#1', 12),
  ended(4, 'bump#1'),
  applied(5, 'bump#2', 10),
  sent(5, 'bump#2', 12),
];

const said = (step: number) =>
  standsAfter(TRACE, step).map(({ lane, line, acted }) => `${lane} ${acted ? 'acts' : 'waits'} at ${line}`);

describe('an invocation', () => {
  it('waits at the call that it has sent', () => {
    expect(said(2)).toEqual(['bump#1 waits at 10', 'bump#2 waits at 10']);
  });

  it('stands at the call that it makes in this step, though it has sent the next one', () => {
    expect(said(3)).toEqual(['bump#1 acts at 10', 'bump#2 waits at 10']);
  });

  it('stands nowhere after it has ended', () => {
    expect(said(4)).toEqual(['bump#1 acts at 12', 'bump#2 waits at 10']);
    expect(said(5)).toEqual(['bump#2 acts at 10']);
  });
});
