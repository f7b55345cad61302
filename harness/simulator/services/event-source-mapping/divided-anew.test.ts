/**
 * What a mapping does with the parts of a shard when its `ParallelizationFactor` changes while it reads: each key goes on behind its last
 * record.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfKey } from '../../contract/event-source.ts';
import { sentIn } from '../../contract/service-for-tests.ts';
import { conflict } from '../../kernel/footprint.ts';
import { batchesIn, batchIn, FAILED, returned, StreamMappings, waitIn } from './mappings-for-tests.ts';
import type { MappingEffect } from './messages.ts';

const KEYS = [...'abcdefghij'];
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const partly = (id: string) => returned({ batchItemFailures: [{ itemIdentifier: id }] });
const placeIn = (of: number) => (id: string) => placeOfKey(id.replace(/\d+$/, ''), of);

/** A mapping of a stream with one shard, and how its factor is changed. */
function divided(settings: Record<string, unknown>) {
  const mappings = new StreamMappings({}, ['s']);
  const UUID = mappings.create(settings);
  const to = (ParallelizationFactor: number) =>
    mappings.called('UpdateEventSourceMapping', { UUID, ParallelizationFactor });
  return { mappings, UUID, to };
}

/** Lets everything be read and done; returns the records, batch by batch. */
function restOf(mappings: StreamMappings): readonly (readonly string[])[] {
  const batches: (readonly string[])[] = [];
  while (mappings.polls.length > 0) {
    const polled = mappings.poll();
    batches.push(...batchesIn(polled));
    for (const { call = '' } of sentIn(polled, 'invoke')) mappings.answered(call, returned(null));
  }
  return batches;
}

describe('a shard whose mapping gets another factor', () => {
  it('KE-03 UV-89 is described with it, and has so many batches at once', () => {
    const { mappings, UUID, to } = divided({ BatchSize: 1 });
    to(3);
    expect(mappings.ask('GetEventSourceMapping', { UUID })).toMatchObject({ ParallelizationFactor: 3 });
    mappings.put('s', ...KEYS.map((key) => `${key}1`));
    expect(mappings.pollEach().flatMap(batchesIn)).toHaveLength(3);
    expect(mappings.polls).toEqual([]);
  });

  it('KE-03 UV-89 goes on behind what is done, and reads nothing twice', () => {
    const { mappings, to } = divided({});
    mappings.put('s', ...KEYS.map((key) => `${key}1`));
    restOf(mappings);
    to(4);
    mappings.put('s', ...KEYS.map((key) => `${key}2`));
    expect(restOf(mappings).flat().sort()).toEqual(KEYS.map((key) => `${key}2`));
  });

  it('UV-89 puts nothing on the agenda if nothing is left to read', () => {
    const { mappings, to } = divided({});
    mappings.put('s', 'a1');
    restOf(mappings);
    expect(to(2)).toEqual([]);
    expect(mappings.polls).toEqual([]);
  });

  it('UV-89 is divided anew when all batches of its parts are over, and takes none until then', () => {
    const { mappings, to } = divided({ ParallelizationFactor: 2, BatchSize: 1 });
    mappings.put('s', ...KEYS.flatMap((key) => [`${key}1`, `${key}2`]));
    const [one = '', other = ''] = mappings.pollEach().map(batchIn);
    expect(to(5)).toEqual([]);
    expect(mappings.put('s', 'a3')).toEqual([]);
    mappings.answered(one, returned(null));
    expect(mappings.polls).toEqual([]);
    mappings.answered(other, returned(null));
    expect(mappings.polls).toHaveLength(5);
  });

  it('UV-89 waits for a receive that is under way, and for a window that gathers', () => {
    const { mappings, to } = divided({ BatchSize: 5, MaximumBatchingWindowInSeconds: 5 });
    mappings.put('s', 'a1');
    to(10);
    mappings.put('s', 'b1');
    expect(mappings.polls).toHaveLength(1);
    const wait = waitIn(mappings.poll());
    mappings.put('s', 'a2', 'b2');
    expect(mappings.polls).toEqual([]);
    const given = mappings.comes(wait);
    expect(batchesIn(given)).toEqual([['a1', 'b1']]);
    mappings.answered(batchIn(given), returned(null));
    expect(mappings.polls.length).toBeGreaterThan(1);
  });

  it('UV-89 gives a part what parts that came less far had not, and leaves out what the others had', () => {
    const { mappings, to } = divided({ ParallelizationFactor: 2, BatchSize: 1 });
    const [early = '', late = ''] = [0, 1].map((place) => KEYS.find((key) => placeIn(2)(key) === place));
    mappings.put('s', `${early}1`, `${late}1`, `${late}2`, `${early}2`);
    const [first] = mappings.pollEach();
    const held = batchIn(first ?? []);
    for (const { id } of mappings.state.batches.values())
      if (id !== held) {
        mappings.answered(id, returned(null));
        mappings.answered(batchIn(mappings.poll()), returned(null));
      }
    to(1);
    mappings.answered(held, FAILED);
    expect(restOf(mappings).flat()).toEqual([`${early}1`, `${early}2`]);
  });

  it('UV-89 reads a batch anew that fails, or that is to come again after its pause', () => {
    const { mappings, to } = divided({ ParallelizationFactor: 2, BatchSize: 10 });
    mappings.put('s', 'a1', 'a2');
    const paused = waitIn(mappings.answered(batchIn(mappings.poll()), FAILED));
    to(3);
    expect(mappings.polls).toEqual([]);
    mappings.comes(paused);
    const again = mappings.pollEach().flat();
    expect(batchesIn(again)).toEqual([['a1', 'a2']]);
    to(1);
    mappings.answered(batchIn(again), FAILED);
    expect(restOf(mappings)).toEqual([['a1', 'a2']]);
  });

  it('UV-89 never names two batches alike', () => {
    const { mappings, to } = divided({ ParallelizationFactor: 2, BatchSize: 1 });
    const names: string[] = [];
    for (const factor of [3, 2, 1, 2]) {
      mappings.put('s', ...KEYS.map((key) => `${key}1`));
      while (mappings.polls.length > 0) {
        const batch = batchIn(mappings.poll());
        names.push(batch);
        mappings.answered(batch, returned(null));
      }
      to(factor);
    }
    expect(names).toHaveLength(4 * KEYS.length);
    expect(new Set(names).size).toBe(names.length);
  });

  it('UV-89 KE-17 is read to its end before the shards that took its place', () => {
    const { mappings, to } = divided({ ParallelizationFactor: 2, BatchSize: 1 });
    mappings.put('s', ...KEYS.map((key) => `${key}1`));
    mappings.end('s', 't');
    mappings.put('t', 'a2');
    const [one = '', other = ''] = mappings.pollEach().map(batchIn);
    to(3);
    mappings.answered(one, returned(null));
    mappings.answered(other, returned(null));
    const given = restOf(mappings).flat();
    expect(given).toHaveLength(KEYS.length - 1);
    expect(given.at(-1)).toBe('a2');
  });

  it('UV-89 stays as it is if the factor does', () => {
    const { mappings, to } = divided({ ParallelizationFactor: 2, BatchSize: 1 });
    mappings.put('s', ...KEYS.flatMap((key) => [`${key}1`, `${key}2`]));
    const [one = ''] = mappings.pollEach().map(batchIn);
    to(2);
    mappings.answered(one, returned(null));
    expect(mappings.polls).toHaveLength(1);
  });

  it('UV-89 makes the ends of its parts depend on each other', () => {
    const { mappings, to } = divided({ ParallelizationFactor: 2, BatchSize: 1 });
    mappings.put('s', ...KEYS.map((key) => `${key}1`));
    const [one = '', other = ''] = mappings.pollEach().map(batchIn);
    to(3);
    const steps = [one, other].map((batch) => mappings.answer(batch, returned(null)).footprint);
    expect(conflict(steps[0] ?? expect.fail('no step'), steps[1] ?? expect.fail('no step'))).toBe(true);
  });

  it('KE-03 UV-89 keeps the order of each key, does nothing twice and leaves nothing out, whatever fails and however often the factor changes', () => {
    const records = fc.array(fc.constantFrom(...KEYS), { maxLength: 25 });
    const answers = fc.array(fc.constantFrom('done', 'failed', 'partly'), { maxLength: 40 });
    const factors = fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { maxLength: 40 });
    fc.assert(
      fc.property(records, answers, factors, fc.integer({ min: 1, max: 4 }), (keys, hows, changes, BatchSize) => {
        const { mappings, to } = divided({ BatchSize, ...REPORTS });
        const ids = keys.map((key, n) => `${key}${n}`);
        const done: string[] = [];
        const inHand: (readonly [batch: string, ids: readonly string[]])[] = [];
        const hold = (effects: readonly MappingEffect[]) => {
          const batches = batchesIn(effects);
          for (const [place, { call = '' }] of sentIn(effects, 'invoke').entries())
            inHand.push([call, batches[place] ?? []]);
        };
        const step = (how: string) => {
          for (const pause of mappings.pauses()) hold(mappings.comes(pause));
          if (mappings.polls.length > 0) hold(mappings.poll());
          const keysInHand = inHand.flatMap(([, each]) => [...new Set(each.map((id) => id.charAt(0)))]);
          expect(new Set(keysInHand).size).toBe(keysInHand.length);
          const [batch, batchIds = []] = inHand.shift() ?? [];
          if (batch === undefined) return;
          const [first = '', second] = batchIds;
          const isPartly = how === 'partly' && second !== undefined;
          done.push(...(how === 'done' ? batchIds : isPartly ? [first] : []));
          hold(mappings.answered(batch, how === 'done' ? returned(null) : isPartly ? partly(second) : FAILED));
        };
        for (const [n, id] of ids.entries()) {
          mappings.put('s', id);
          const factor = changes[n] ?? null;
          if (factor !== null) hold(to(factor));
          step(hows[n] ?? 'done');
        }
        for (const [n, how] of hows.entries()) {
          const factor = changes[ids.length + n] ?? null;
          if (factor !== null) hold(to(factor));
          step(how);
        }
        while (mappings.polls.length > 0 || inHand.length > 0 || mappings.isPausing) step('done');
        for (const key of KEYS) {
          const ofKey = (all: readonly string[]) => all.filter((id) => id.startsWith(key));
          expect(ofKey(done)).toEqual(ofKey(ids));
        }
      }),
      { numRuns: 500 },
    );
  });
});
