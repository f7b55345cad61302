/** A run that has a witness hands it the trace, entry by entry, and keeps none. */

import { expect, it } from 'vitest';
import { ADD_EACH, queueLab } from '../../grader/fixtures/queue-lab.ts';
import { withRunner } from '../../grader/fixtures/small-lab.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import { seeded } from '../kernel/choices.ts';
import type { TraceEntry } from '../trace.ts';

it('hands its witness the entries that it would keep without one, in order, and ends with an empty trace', async () => {
  await withRunner(queueLab(ADD_EACH, { plan: { mode: 'timed', seeds: [1] } }), async (runner) => {
    const { trace, result } = await runScenario(runner, seeded(1), 'verify').done;
    const entries: TraceEntry[] = [];
    const witness = (entry: TraceEntry) => entries.push(entry);
    const witnessed = await runScenario({ ...runner, witness }, seeded(1), 'verify').done;
    expect(trace.length).toBeGreaterThan(10);
    expect(JSON.stringify(entries)).toBe(JSON.stringify(trace));
    expect(witnessed).toMatchObject({ end: 'quiet', trace: [], result });
  });
});
