/**
 * Neighbours that are independent by their footprints are swapped and give the same outcome; if a footprint lies, both steps are
 * named.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay, seeded } from '../choices.ts';
import { type FootprintDeclaration, type LaneProgram, outcomeOfProgram } from '../program-for-tests.ts';
import { lanePrograms, lanes } from '../programs-for-tests.ts';
import { describeNotCommuting, type OutcomeParts, type SwapReport, swapNeighbours } from './commuting.ts';

function look(program: LaneProgram, choices = replay([]), declare?: FootprintDeclaration): Promise<SwapReport> {
  const run = async (under: typeof choices): Promise<OutcomeParts> => ({
    outcome: (await outcomeOfProgram(program, under, declare)) ?? 'cut',
  });
  return swapNeighbours(run, choices);
}

const HIDES_WRITES: FootprintDeclaration = ({ reads }) => ({ reads, writes: [] });

describe('swapped neighbours', () => {
  it('commute in random programs', async () => {
    let swapped = 0;
    await fc.assert(
      fc.asyncProperty(lanePrograms, fc.nat(), async (program, seed) => {
        const report = await look(program, seeded(seed));
        swapped += report.swapped;
        expect(report.notCommuting.map(describeNotCommuting)).toEqual([]);
      }),
    );
    expect(swapped).toBeGreaterThan(50);
  });

  it('are only those that are independent by their footprints', async () => {
    expect(await look(lanes(2, () => [{ kind: 'increment', variable: 'x' }]))).toEqual({
      swapped: 0,
      notCommuting: [],
    });
    const apart = lanes(2, (lane) => [{ kind: 'increment', variable: `x${lane}` }]);
    expect(await look(apart)).toEqual({ swapped: 1, notCommuting: [] });
  });

  it('that do not commute are named with their footprints, and with what shows that something is missing there', async () => {
    const writeAndRead = lanes(2, (lane) => [{ kind: lane === 0 ? 'write' : 'read', variable: 'x' }]);
    const { notCommuting } = await look(writeAndRead, replay([]), HIDES_WRITES);
    const [found] = notCommuting;
    if (found === undefined) throw new Error('nothing was found');
    expect(found).toMatchObject({ first: { place: 0, label: '0' }, second: { place: 1, label: '1' } });
    const text = describeNotCommuting(found);
    expect(text).toContain('step 1 «1» of the lane 1 declared {"reads":["clock","x"],"writes":[],"adds":[]}');
    expect(text).toContain('outcome differs: «');
    expect(text).toContain('x is 1');
  });
});
