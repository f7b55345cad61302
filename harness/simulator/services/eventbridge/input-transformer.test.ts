/**
 * Input transformers: what a target is given, and which transformers AWS does not take.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Input, ok } from '../../contract/answer.ts';
import { effectsOf, notesIn, sentIn } from '../../contract/service-for-tests.ts';
import { AN_ORDER, BusForTests, LETTERS_ARN, ORDERS } from './eventbridge-for-tests.ts';

const DETAIL = { n: 7, who: 'Ann', tags: ['a', 'b'], ship: { to: 'Bern' }, gone: null, words: 'says "hi"' };
const PATHS = {
  n: '$.detail.n',
  who: '$.detail.who',
  tags: '$.detail.tags',
  last: '$.detail.tags[1]',
  ship: '$.detail.ship',
  'detail-type': '$.detail-type',
  gone: '$.detail.gone',
  none: '$.detail.none.at.all',
  words: '$.detail.words',
};

/** The text that the queue is given, with this template. */
function given(InputTemplate: string, more: { readonly detail?: unknown; readonly bus?: string } = {}): string {
  const { detail = DETAIL, bus: name } = more;
  const bus = new BusForTests();
  if (name !== undefined) bus.ask('CreateEventBus', { Name: name });
  bus.rule([{ ...ORDERS, InputTransformer: { InputPathsMap: PATHS, InputTemplate } }], { bus: name });
  bus.nowMs = 61_500;
  bus.put([{ ...AN_ORDER, EventBusName: name, Time: '2025-01-01T00:00:00Z', Detail: JSON.stringify(detail) }]);
  const [sent] = sentIn(bus.deliverNext().effects, 'deliver');
  return sent?.request.body ?? expect.fail('nothing was handed over');
}

const errorOf = (InputTransformer: Input) => {
  const bus = new BusForTests();
  bus.rule([]);
  return bus.errorOf('PutTargets', { Rule: 'all', Targets: [{ ...ORDERS, InputTransformer }] });
};

describe('an input transformer', () => {
  it.each([
    ['a text', '"order <n> of <who>"', '"order 7 of Ann"'],
    [
      'values of their own kinds',
      '{"n": <n>, "who": <who>, "all": <tags>}',
      '{"n": 7, "who": "Ann", "all": ["a","b"]}',
    ],
    ['null', '[<gone>, "<gone>"]', '[null, "null"]'],
    ['an element of a list', '{"last": <last>}', '{"last": "b"}'],
    ['an object, without its quotation marks within a text', '"to <ship>, <tags>"', '"to {to:Bern}, [a,b]"'],
    ['both within one text of an object', '{"path": "orders/<n>/<who>"}', '{"path": "orders/7/Ann"}'],
    [
      'texts after quotation marks that are escaped',
      '{"a": "\\"<who>\\"", "b": <who>}',
      '{"a": "\\"Ann\\"", "b": "Ann"}',
    ],
    ['no variable at all', '{"a": [1, true]}', '{"a": [1, true]}'],
    ['a name with a hyphen', '<detail-type>', '"order"'],
  ])('EB-22 gives %s', (_what, template, text) => expect(given(template)).toBe(text));

  it('EB-22 leaves empty what is not in the event', () => {
    expect(given('"order of <none>"')).toBe('"order of "');
    expect(given('{"who": <none>}')).toBe('{"who": ""}');
  });

  it('EB-22 knows the rule, the event and the moment in which the bus received it', () => {
    expect(given('"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"')).toBe(
      '"arn:aws:events:us-east-1:123456789012:rule/all all 2026-01-01T00:01:01Z"',
    );
    expect(given('"<aws.events.rule-arn>"', { bus: 'till' })).toBe(
      '"arn:aws:events:us-east-1:123456789012:rule/till/all"',
    );
  });

  it('EB-22 knows the event with and without its detail', () => {
    const both = given('{"without": <aws.events.event>, "with": <aws.events.event.json>}');
    const { without, with: whole } = JSON.parse(both) as { readonly without: Input; readonly with: Input };
    const common = { version: '0', id: expect.any(String), source: 'shop', region: 'us-east-1', resources: [] };
    const rest = { ...common, account: '123456789012', time: '2025-01-01T00:00:00Z' };
    expect(without).toEqual({ ...rest, detailType: 'order' });
    expect(whole).toEqual({ ...rest, 'detail-type': 'order', detail: DETAIL });
  });

  it('EB-22 gives any value as it is, if nothing in it needs to be escaped', () => {
    const plain = fc.stringMatching(/^[a-z ]{0,9}$/);
    const leaf = fc.oneof(plain, fc.integer(), fc.boolean(), fc.constant(null));
    const values = fc.oneof(leaf, fc.array(leaf), fc.dictionary(plain, leaf));
    fc.assert(
      fc.property(values, (n) => {
        expect(JSON.parse(given('{"value": <n>}', { detail: { n } }))).toEqual({ value: n });
      }),
    );
  });

  it('EB-22 escapes nothing, and what is no JSON then is not handed over', () => {
    const bus = new BusForTests();
    const InputTransformer = { InputPathsMap: PATHS, InputTemplate: '{"words": <words>}' };
    bus.rule([{ ...ORDERS, InputTransformer, DeadLetterConfig: { Arn: LETTERS_ARN } }]);
    bus.put([{ ...AN_ORDER, Detail: JSON.stringify(DETAIL) }]);
    const { effects } = bus.deliverNext();
    expect(notesIn(effects)).toMatchObject([
      { kind: 'bus-delivery-attempted', attempt: 1 },
      { kind: 'bus-delivery-failed', error: 'INVALID_JSON', condition: null, sentTo: 'letters' },
    ]);
    const [letter, ...more] = sentIn(effects, 'deliver');
    expect([letter?.to, more]).toEqual([LETTERS_ARN, []]);
    expect(letter?.request.attributes).toMatchObject({
      ...{ ERROR_CODE: { StringValue: 'INVALID_JSON' }, RETRY_ATTEMPTS: { StringValue: '0' } },
    });
    expect(bus.answer(letter?.call ?? '', ok({})).effects).toEqual([]);
    expect([bus.waiting, effectsOf(effects, 'timer')]).toEqual([[], []]);
  });

  it.each<readonly [string, Input, string]>([
    [
      'a placeholder without a path',
      { InputPathsMap: { a: '$.id' }, InputTemplate: '"<a> <b>"' },
      'InputTemplate for target orders contains invalid placeholder b.',
    ],
    [
      'a variable that AWS does not know',
      { InputTemplate: '"<aws.events.event.detail>"' },
      'InputTemplate for target orders contains invalid placeholder aws.events.event.detail.',
    ],
    ['a template that is no JSON', { InputTemplate: 'order of nobody' }, 'Invalid InputTemplate for target orders.'],
    [
      'a placeholder in the place of a key',
      { InputPathsMap: { a: '$.id' }, InputTemplate: '{<a>: 1}' },
      'Invalid InputTemplate for target orders.',
    ],
    ['no template', {}, "Value null at 'inputTemplate' failed to satisfy constraint: Member must not be null"],
    [
      'an empty template',
      { InputTemplate: '' },
      "at 'targets.1.member.inputTransformer.inputTemplate' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a template that is too long',
      { InputTemplate: `"${'x'.repeat(8_191)}"` },
      'Member must have length less than or equal to 8192',
    ],
    [
      'too many variables',
      {
        InputPathsMap: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`v${n}`, '$.id'])),
        InputTemplate: '1',
      },
      "at 'targets.1.member.inputTransformer.inputPathsMap' failed to satisfy constraint: Member must have length less than or equal to 100",
    ],
    [
      'a variable with a dot',
      { InputPathsMap: { 'AWS.a': '$.id' }, InputTemplate: '1' },
      'Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [A-Za-z0-9\\_\\-]+]',
    ],
    [
      'a variable with a long name',
      { InputPathsMap: { ['x'.repeat(257)]: '$.id' }, InputTemplate: '1' },
      'Map keys must satisfy constraint: [Member must have length less than or equal to 256]',
    ],
  ])('EB-22 is refused with %s', (_what, transformer, message) =>
    expect(errorOf(transformer)).toMatchObject({
      ...{ code: 'ValidationException', status: 400, message: expect.stringContaining(message) },
    }),
  );

  it('EB-22 may have 100 variables, and a template of 8,192 characters', () => {
    const InputPathsMap = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`v${n}`, '$.id']));
    const bus = new BusForTests();
    bus.rule([]);
    const InputTransformer = { InputPathsMap, InputTemplate: `"${'x'.repeat(8_190)}"` };
    expect(bus.refusalOf('PutTargets', { Rule: 'all', Targets: [{ ...ORDERS, InputTransformer }] })).toBeNull();
  });
});
