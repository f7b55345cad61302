/**
 * The words for calls about mappings, as a drawing has them.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import type { CallSeen } from '../../contract/shown.ts';
import { showMappings } from './shown.ts';

const FunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const updating = (input: Input, isDone = true): CallSeen => ({
  seq: 1,
  atMs: 0,
  cause: null,
  step: 1,
  actor: 'scenario',
  event: {
    kind: 'call-applied',
    call: 'call-1',
    service: 'Lambda',
    operation: 'UpdateEventSourceMapping',
    input,
    footprint: { reads: [], writes: [] },
    answer: isDone
      ? { ok: true, output: { FunctionArn } }
      : { ok: false, error: { code: 'ResourceNotFoundException', message: 'gone', status: 404 } },
  },
});
const rowOf = (call: CallSeen) => showMappings().rowOfCall?.(call, { entries: [], begun: null, brought: null });

describe('a call that updates a mapping', () => {
  it('is told as a switch where it switches the mapping on or off', () => {
    expect(rowOf(updating({ UUID: 'm', Enabled: false }))).toMatchObject({ actor: 'scenario', text: 'bill: off' });
    expect(rowOf(updating({ UUID: 'm', Enabled: true }))).toMatchObject({ text: 'bill: on' });
  });

  it('keeps its own name where it changes something else, or is refused', () => {
    expect(rowOf(updating({ UUID: 'm', Enabled: true, BatchSize: 2 }))).toBeNull();
    expect(rowOf(updating({ UUID: 'm', BatchSize: 2 }))).toBeNull();
    expect(rowOf(updating({ UUID: 'm', Enabled: false }, false))).toBeNull();
  });
});
