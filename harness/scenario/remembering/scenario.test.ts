/**
 * A remembered scenario does what the scenario itself would do, whatever it is told and when. If it does not, that is detected.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whenPromisesWait } from '../../node/turns.ts';
import {
  AsyncActor,
  type Play,
  type ScenarioActor,
  type ScenarioDesk,
  type ScenarioPort,
} from '../../simulator/world.ts';
import { ScenarioDivergence } from './rehearsal.ts';
import { RememberedScenario } from './scenario.ts';

const ask = (port: ScenarioPort, operation: string): Promise<unknown> => port.call('DynamoDB', operation, { of: [1] });

/** A desk that records requests, and answers when the test says so. */
class Desk implements ScenarioDesk {
  readonly log: string[] = [];
  readonly open: ((value: unknown) => void)[] = [];
  ledger = 0;

  call(...[service, operation, input, answered]: Parameters<ScenarioDesk['call']>): void {
    this.log.push(`${service} ${operation} ${JSON.stringify(input)}`);
    this.open.push((value) => answered({ ok: true, output: { value } }));
  }
  sleep(delayMs: number, over: () => void): void {
    this.log.push(`sleep ${delayMs}`);
    this.open.push(over);
  }
  atRest(resting: () => void): void {
    this.log.push('rest');
    this.open.push(resting);
  }
  downstream(name: string): { readonly seen: number } {
    this.log.push(`look ${name}`);
    return { seen: this.ledger };
  }
  note(text: string): void {
    this.log.push(`note ${text}`);
  }
}

/** How many requests are answered next, with what, and what the ledger says then. */
interface Turn {
  readonly which: number;
  readonly value: number;
  readonly ledger: number;
  readonly together: boolean;
}

/** Plays a scenario at its own desk, and returns everything that it did, and its outcome. */
async function actedOut(actor: ScenarioActor<unknown>, turns: readonly Turn[]): Promise<readonly unknown[]> {
  const desk = new Desk();
  actor.enter(desk);
  await actor.goOn();
  await takeTurns(actor, desk, turns);
  return whatWasDone(actor, desk);
}

async function takeTurns(actor: ScenarioActor<unknown>, desk: Desk, turns: readonly Turn[]): Promise<void> {
  for (const { which, value, ledger, together } of turns) {
    desk.ledger = ledger;
    const [answer] = desk.open.splice(which % Math.max(1, desk.open.length), 1);
    answer?.(value);
    if (together) continue;
    desk.log.push('–');
    await actor.goOn();
  }
}

async function whatWasDone(actor: ScenarioActor<unknown>, desk: Desk): Promise<readonly unknown[]> {
  await actor.goOn();
  const { result, thrown } = actor.outcome;
  return [...desk.log, JSON.stringify(result), String(thrown)];
}

/** Does different things for different answers, several at once, and sometimes throws. */
const restless = async (port: ScenarioPort): Promise<unknown> => {
  port.note('begins');
  const lanes = ['Get', 'Put', 'Query'].map(async (operation, lane) => {
    const heard = JSON.stringify(await ask(port, operation));
    if (heard.includes('1')) await port.sleep(10 + lane);
    if (heard.includes('2')) port.note(`${lane} saw ${JSON.stringify(await port.downstream('charge'))}`);
    if (heard.includes('3')) throw new Error(`lane ${lane} gave up`);
    const { seen } = await port.downstream('charge');
    return [heard, seen, seen === 1 ? await ask(port, 'Again') : null];
  });
  const all = await Promise.all(lanes);
  await port.atRest();
  return { all, last: await ask(port, 'Last') };
};

const asPlay = (run: Play<unknown>['run']): Play<unknown> => ({ run, hop: whenPromisesWait });
const turn = fc.record({
  which: fc.nat(3),
  value: fc.nat(3),
  ledger: fc.nat(1),
  together: fc.boolean(),
});
const GET: Turn = { which: 0, value: 0, ledger: 0, together: false };

describe('a remembered scenario', () => {
  it('does what the scenario itself would do, whatever it is told and when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(turn, { maxLength: 12 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 100, max: 5_000 }),
        async (runs, room) => {
          const remembered = new RememberedScenario(asPlay(restless), room);
          for (const turns of [...runs, ...runs])
            expect(await actedOut(remembered.actor(), turns)).toEqual(
              await actedOut(new AsyncActor(asPlay(restless)), turns),
            );
        },
      ),
    );
  });

  it('does not run the scenario again for what it was told before, and needs no promise for that', async () => {
    let begun = 0;
    const remembered = new RememberedScenario(
      asPlay((port) => {
        begun += 1;
        return restless(port);
      }),
    );
    const turns = [GET, GET, GET, GET];
    await actedOut(remembered.actor(), turns);
    const actor = remembered.actor();
    actor.enter(new Desk());
    expect(actor.goOn()).toBeUndefined();
    await actedOut(remembered.actor(), turns);
    expect(begun).toBe(1);
    await actedOut(remembered.actor(), [GET, { ...GET, value: 1 }]);
    expect(begun).toBe(2);
  });

  it('goes on from a checkpoint as if nothing had been told since', async () => {
    const turns = fc.array(turn, { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(turns, turns, turns, async (before, meanwhile, after) => {
        const remembered = new RememberedScenario(asPlay(restless));
        await actedOut(remembered.actor(), [...before, ...meanwhile]);
        const [actor, desk] = [remembered.actor(), new Desk()];
        actor.enter(desk);
        await actor.goOn();
        await takeTurns(actor, desk, before);
        const putBack = actor.checkpoint?.();
        const [done, open, ledger] = [desk.log.length, [...desk.open], desk.ledger];
        await takeTurns(actor, desk, meanwhile);
        await whatWasDone(actor, desk);
        expect(putBack?.()).toBe(true);
        desk.log.length = done;
        desk.ledger = ledger;
        desk.open.splice(0, desk.open.length, ...open);
        await takeTurns(actor, desk, after);
        const expected = await actedOut(new AsyncActor(asPlay(restless)), [...before, ...after]);
        expect(await whatWasDone(actor, desk)).toEqual(expected);
      }),
    );
  });

  it('has no checkpoint while the scenario really runs, nor one of what was forgotten', async () => {
    const remembered = new RememberedScenario(asPlay(restless), 1_000);
    const actor = remembered.actor();
    actor.enter(new Desk());
    await actor.goOn();
    expect(actor.checkpoint?.()).toBeNull();
    const known = remembered.actor();
    known.enter(new Desk());
    await known.goOn();
    const putBack = known.checkpoint?.();
    for (let value = 1; value < 4; value += 1) await actedOut(remembered.actor(), [GET, { ...GET, value }]);
    expect(putBack?.()).toBe(false);
  });

  it('forgets everything when it exceeds its memory', async () => {
    let begun = 0;
    const play = asPlay((port) => {
      begun += 1;
      return restless(port);
    });
    const remembered = new RememberedScenario(play, 1);
    for (let run = 0; run < 3; run += 1) await actedOut(remembered.actor(), [GET, GET]);
    expect(begun).toBe(3);
  });

  it('shares its result, and protects it from changes', async () => {
    const remembered = new RememberedScenario(asPlay(async () => ({ answers: [{ count: 1 }] })));
    const actor = remembered.actor();
    await actedOut(actor, []);
    expect(() => (actor.outcome.result as { answers: unknown[] }).answers.push(2)).toThrow(TypeError);
  });

  it('may return what learners stored, numbers too long for JSON included', async () => {
    const remembered = new RememberedScenario(
      asPlay(async () => ({ items: [{ seq: 2n ** 60n, data: new Uint8Array(2) }] })),
    );
    const actor = remembered.actor();
    actor.enter(new Desk());
    await actor.goOn();
    expect(actor.outcome.result).toEqual({ items: [{ seq: 2n ** 60n, data: new Uint8Array(2) }] });
  });

  const different: readonly (readonly [string, (port: ScenarioPort, begun: number) => Promise<unknown>])[] = [
    ['asks something else', (port, begun) => ask(port, begun === 1 ? 'Get' : 'Put').then(() => ask(port, 'Last'))],
    ['sends something else', (port, begun) => port.call('SQS', 'SendMessage', { begun }).then(() => ask(port, 'Last'))],
    [
      'asks for more',
      async (port, begun) => {
        if (begun > 1) void ask(port, 'More');
        return ask(port, 'Get');
      },
    ],
    [
      'asks for less',
      async (port, begun) => {
        if (begun === 1) port.note('hello');
        return ask(port, 'Get');
      },
    ],
    [
      'comes to its end earlier',
      async (port, begun) => {
        const asked = ask(port, 'Get');
        return begun > 1 ? null : asked;
      },
    ],
    [
      'looks elsewhere',
      async (port, begun) => {
        await port.downstream(begun === 1 ? 'charge' : 'till');
        return ask(port, 'Get');
      },
    ],
  ];

  it.each(different)('is detected if it %s the second time', async (_, doing) => {
    let begun = 0;
    const remembered = new RememberedScenario(
      asPlay((port) => {
        begun += 1;
        return doing(port, begun);
      }),
    );
    await actedOut(remembered.actor(), [GET]);
    await expect(actedOut(remembered.actor(), [{ ...GET, value: 2 }])).rejects.toBeInstanceOf(ScenarioDivergence);
  });
});
