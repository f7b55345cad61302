import fc from 'fast-check';
import { describe as about, expect, it } from 'vitest';
import { ACT_KINDS, HOSTILE_TEXTS, traceOf } from '../fixtures/any-trace.ts';
import { counter, lostUpdateTrace, TraceWriter } from '../fixtures/trace-writer.ts';
import { layOut } from './lanes.ts';
import { describe, drawSvg } from './svg.ts';

const lostUpdate = layOut(lostUpdateTrace());
const draw = (options: Partial<Parameters<typeof drawSvg>[1]> = {}, lanes = lostUpdate) =>
  drawSvg(lanes, { title: 'A lost update', ...options });

/** The words of a drawing, in order of their being drawn. */
const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words);
const sizeOf = (svg: string) => Number(/ width="(\d+(?:\.\d+)?)"/.exec(svg)?.[1]);

/** Every text with where it starts and how wide a common monospaced face makes it at most. */
const extents = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)" [^>]*>([^<]*)<\/text>/g)]
    .filter(([all]) => !all.includes('text-anchor'))
    .map(([, x, words = '']) => Number(x) + [...words.replace(/&#\d+;/g, '_')].length * 7.85);

const act = fc.record({
  kind: fc.constantFrom(...ACT_KINDS),
  who: fc.integer({ min: 1, max: 9 }),
  count: fc.nat({ max: 9 }),
  text: fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' })),
});
const anyLanes = fc.array(act, { maxLength: 40, size: 'max' }).map((acts) => layOut(traceOf(acts)));

about('the wide drawing', () => {
  it('names the lanes, numbers the steps and says what the table holds', () => {
    expect(texts(draw())).toEqual([
      ...['bump#1', 'bump#2', 'table Counters'],
      ...['1', 'starts', '2', 'starts'],
      ...['3', 'get notify-me → nothing'],
      ...['4', 'get notify-me → nothing', '◀ goes stale'],
      ...['5', 'bumps = 1', 'put notify-me', '◀ comes in between', 'answers {count: 1}'],
      ...['6', 'bumps = 1', 'put notify-me', '◀ erases bump#1&#39;s write', 'answers {count: 1}'],
    ]);
  });

  it('has a dot for each step, a line to the table for each read and write, and a band for each part of the conflict', () => {
    expect(draw().match(/<circle/g)).toHaveLength(6);
    expect(draw().match(/<path [^>]*m-?6 -4/g)).toHaveLength(4);
    expect(draw().match(/<rect [^>]*--rp-broken/g)).toHaveLength(3);
  });

  it('crosses out a write that was refused, and says what it met', () => {
    const { trace } = new TraceWriter()
      .start('bump#1')
      .put('scenario', null, counter(4))
      .refusedPut('bump#1', counter(1));
    const svg = draw({}, layOut(trace));
    expect(svg).toContain('m-4 -4l8 8m0 -8l-8 8');
    expect(texts(svg).slice(-3)).toEqual(['3', 'bumps = 4', 'put notify-me ✗ condition failed']);
  });

  it('shows a crash where it strikes', () => {
    const { trace } = new TraceWriter().start('bump#1').put('bump#1', null, counter(1)).fault('bump#1', 'crash-after');
    expect(texts(draw({}, layOut(trace))).at(-1)).toBe('✗ crashes after the call');
  });

  it('counts what is quiet if told to', () => {
    const { trace } = new TraceWriter()
      .start('bump#3')
      .get('bump#3', null)
      .start('bump#1')
      .start('bump#2')
      .get('bump#1', null)
      .put('bump#2', null, counter(1))
      .put('bump#1', counter(1), counter(1));
    expect(texts(draw({ foldQuiet: true }, layOut(trace)))).toContain('… 2 further steps of bump#3');
    expect(draw({}, layOut(trace))).not.toContain('further');
  });
});

about('the compact drawing', () => {
  it('says who does what in each step', () => {
    expect(texts(draw({ compact: true })).slice(0, 6)).toEqual([
      ...['1', 'bump#1 starts', '2', 'bump#2 starts'],
      ...['3', 'bump#1 get notify-me → nothing'],
    ]);
  });

  it.each([280, 358, 600])('is %d pixels wide, as it was told', (widthPx) => {
    expect(sizeOf(draw({ compact: true, widthPx }))).toBe(widthPx);
  });
});

about('words', () => {
  it('say for a screen reader what the drawing shows', () => {
    expect(describe(lostUpdate)).toEqual([
      'Step 1: bump#1 starts.',
      'Step 2: bump#2 starts.',
      'Step 3: bump#1 gets notify-me from table Counters and finds nothing.',
      'Step 4: bump#2 gets notify-me from table Counters and finds nothing (goes stale).',
      'Step 5: bump#1 puts notify-me in table Counters, which then holds bumps = 1 (comes in between). bump#1 answers {count: 1}.',
      "Step 6: bump#2 puts notify-me in table Counters, which then holds bumps = 1 (erases bump#1's write). bump#2 answers {count: 1}.",
    ]);
  });

  it('tell times, refusals and what the table holds in the end', () => {
    const { trace } = new TraceWriter()
      .start('bump#1')
      .sleep('bump#1', 120)
      .refusedPut('bump#1', counter(1))
      .get('scenario', counter(3));
    expect(describe(layOut(trace))).toEqual([
      'Step 1: bump#1 starts. bump#1 sleeps 120 ms.',
      'Step 2 at 120 ms: bump#1 wakes.',
      'Step 3: bump#1 puts notify-me in table Counters: condition failed, notify-me holds something.',
      'Step 4: a look at notify-me in table Counters finds bumps = 3.',
    ]);
  });

  it('are the name and the description of the picture', () => {
    expect(draw()).toMatch(/^<svg [^>]*role="img"[^>]*><title>A lost update<\/title><desc>Step 1: bump#1 starts\. /);
  });
});

about('any drawing', () => {
  const forms = [{}, { compact: true }, { foldQuiet: true }] as const;

  it('is made of known elements and attributes only, whatever a learner writes', () => {
    fc.assert(
      fc.property(anyLanes, fc.constantFrom(...HOSTILE_TEXTS), fc.constantFrom(...forms), (lanes, title, form) => {
        const svg = drawSvg(lanes, { ...form, title });
        const names = [...svg.matchAll(/<\/?([^\s>]*)/g)].map(([, name]) => name);
        for (const name of names) expect(['svg', 'title', 'desc', 'text', 'path', 'circle', 'rect']).toContain(name);
        const shape = /^(<\/[a-z]+>|<[a-z]+( [\w-]+="[^"<>]*")*>|[^<>"])*$/i;
        for (const part of svg.split(/(?=<)/)) expect(part).toMatch(shape);
        expect(svg).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(svg).not.toMatch(/ on[a-z]+="/);
      }),
    );
  });

  it('has its texts within its width', () => {
    fc.assert(
      fc.property(anyLanes, fc.constantFrom(...forms), (lanes, form) => {
        const svg = drawSvg(lanes, { ...form, title: 'any' });
        for (const right of extents(svg)) expect(right).toBeLessThanOrEqual(sizeOf(svg));
      }),
    );
  });

  it('draws every step, or counts it', () => {
    fc.assert(
      fc.property(anyLanes, fc.constantFrom(...forms), (lanes, form) => {
        const svg = drawSvg(lanes, { ...form, title: 'any' });
        const counted = [...svg.matchAll(/… (\d+) further steps/g)].reduce((sum, [, count]) => sum + Number(count), 0);
        expect((svg.match(/<circle/g)?.length ?? 0) + counted).toBe(lanes.rows.length);
      }),
    );
  });
});
