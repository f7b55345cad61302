/**
 * Event patterns in requests: which EventBridge takes, and TestEventPattern (EB-17, EB-24). The language itself is in simulator/event-pattern/.
 */

import type { Input } from '../../contract/answer.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import { recordInJsonText } from '../../contract/json-text.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { checkMembers } from '../../contract/request.ts';
import { matches, type Pattern } from '../../event-pattern/matches.ts';
import { combinationsOf, type PatternDialect, readEventPattern } from '../../event-pattern/read-pattern.ts';
import type { BusOperated } from './messages.ts';
import { constraintBroken, notValid, patternNotValid, tooManyOfIt } from './refusal.ts';
import { MEMBERS_OF_EVENTS } from './request.ts';
import type { EventBridgeState } from './state.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
const PATTERN_CHARACTERS = 4_096;
/** UV-35. */
const MOST_COMBINATIONS = 1_000;
const RULE_DIALECT: PatternDialect = { operatorName: 'pattern operator', notSimulated: [], takesNested: true };
/** EB-24: AWS's page also names `resources`, and its answers show that it is not asked for. */
const EVENT_FIELDS = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/** Reads a pattern, or refuses it in AWS's words. */
export function readRulePattern(text: string): Pattern {
  if (text.length > PATTERN_CHARACTERS)
    throw constraintBroken(text, 'eventPattern', `have length less than or equal to ${PATTERN_CHARACTERS}`);
  const reading = readEventPattern(text, RULE_DIALECT);
  if (reading.kind === 'not-simulated') throw unmodelled(reading.what);
  if (reading.kind === 'invalid') throw patternNotValid(reading.reason);
  if (combinationsOf(reading.pattern) > MOST_COMBINATIONS) throw tooManyOfIt();
  return reading.pattern;
}

/** Whether an event matches a pattern. The event is on no bus, and no rule sees it. */
export function testEventPattern(_state: EventBridgeState, input: Input): BusOperated {
  checkMembers('TestEventPattern', input, ['EventPattern', 'Event']);
  const patternText = MEMBERS_OF_EVENTS.text(input, 'EventPattern');
  const event = recordInJsonText(MEMBERS_OF_EVENTS.text(input, 'Event'));
  if (event === null || !EVENT_FIELDS.every((name) => Object.hasOwn(event, name)))
    throw notValid('Parameter Event is not valid.');
  return { output: { Result: matches(readRulePattern(patternText), event) }, footprint: NO_FOOTPRINT };
}
