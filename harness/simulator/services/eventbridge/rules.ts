/**
 * The calls about rules: PutRule, DescribeRule, ListRules, EnableRule, DisableRule, DeleteRule (EB-15, EB-17).
 *
 * A rule matches events by a pattern; a rule that acts by a schedule is refused by name.
 */

import type { Input } from '../../contract/answer.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { checkMembers } from '../../contract/request.ts';
import { readRulePattern } from './event-patterns.ts';
import { busPath, rulePath, rulesPath } from './footprints.ts';
import type { BusOperated } from './messages.ts';
import { notValid, tooManyOfIt } from './refusal.ts';
import { busIn, descriptionIn, MEMBERS_OF_EVENTS, namedIn, ruleIn } from './request.ts';
import { type EventBridgeState, type EventRule, ruleArn, ruleKey, rulesOf } from './state.ts';

/** EB-05: unless AWS raises it. */
const MOST_RULES = 300;
const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'] as const;
/** Tags change nothing, and no call shows them. A schedule would make a rule act by itself (EB-06). */
const PUT_MEMBERS = ['Name', 'EventPattern', 'State', 'Description', 'RoleArn', 'EventBusName', 'Tags'];

/** Makes a rule, or replaces all of it but its targets. */
export function putRule(state: EventBridgeState, input: Input): BusOperated {
  const name = namedIn(input, 'Name');
  const { name: bus } = busIn(state, input);
  checkMembers('PutRule', input, PUT_MEMBERS);
  const patternText = MEMBERS_OF_EVENTS.optionalText(input, 'EventPattern');
  if (patternText === undefined) throw notValid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  const before = state.rules.get(ruleKey(bus, name));
  if (before === undefined && rulesOf(state, bus).length >= MOST_RULES) throw tooManyOfIt();
  const ruleState = MEMBERS_OF_EVENTS.oneOf(input, 'State', STATES) ?? 'ENABLED';
  if (ruleState === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')
    throw unmodelled(`The state ${ruleState} of a rule`);
  const arn = ruleArn(state, bus, name);
  state.rules.set(ruleKey(bus, name), {
    ...{ name, bus, arn, patternText, isEnabled: ruleState === 'ENABLED' },
    pattern: readRulePattern(patternText),
    description: descriptionIn(input),
    roleArn: MEMBERS_OF_EVENTS.optionalText(input, 'RoleArn') ?? null,
    targets: before?.targets ?? new Map(),
  });
  // How many rules the bus has decides whether there may be one more.
  const reads = before === undefined ? [busPath(bus), rulesPath(bus)] : [];
  return { output: { RuleArn: arn }, footprint: { reads, writes: [rulePath(bus, name)] } };
}

export function describeRule(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('DescribeRule', input, ['Name', 'EventBusName']);
  const rule = ruleIn(state, input, 'Name');
  const output = { ...ruleOutput(rule), CreatedBy: state.accountId };
  return { output, footprint: { reads: [rulePath(rule.bus, rule.name)], writes: [] } };
}

export function listRules(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('ListRules', input, ['NamePrefix', 'EventBusName']);
  const { name: bus } = busIn(state, input);
  const prefix = MEMBERS_OF_EVENTS.optionalText(input, 'NamePrefix') ?? '';
  const rules = rulesOf(state, bus).filter(({ name }) => name.startsWith(prefix));
  const inOrder = rules.sort((a, b) => (a.name < b.name ? -1 : 1));
  const footprint = { reads: [busPath(bus), rulesPath(bus)], writes: [] };
  return { output: { Rules: inOrder.map(ruleOutput) }, footprint };
}

/** What is not there is left out. */
function ruleOutput({ name, bus, arn, patternText, isEnabled, description, roleArn }: EventRule): Input {
  return {
    Name: name,
    Arn: arn,
    EventPattern: patternText,
    State: isEnabled ? 'ENABLED' : 'DISABLED',
    EventBusName: bus,
    ...(description === null ? {} : { Description: description }),
    ...(roleArn === null ? {} : { RoleArn: roleArn }),
  };
}

export function enableRule(state: EventBridgeState, input: Input): BusOperated {
  return switchRule(state, input, true);
}

export function disableRule(state: EventBridgeState, input: Input): BusOperated {
  return switchRule(state, input, false);
}

function switchRule(state: EventBridgeState, input: Input, isEnabled: boolean): BusOperated {
  checkMembers(isEnabled ? 'EnableRule' : 'DisableRule', input, ['Name', 'EventBusName']);
  const rule = ruleIn(state, input, 'Name');
  state.rules.set(ruleKey(rule.bus, rule.name), { ...rule, isEnabled });
  return { output: {}, footprint: { reads: [], writes: [rulePath(rule.bus, rule.name)] } };
}

/** `Force` is for rules that AWS manages, and there are none. */
export function deleteRule(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('DeleteRule', input, ['Name', 'EventBusName', 'Force']);
  const { name, bus, targets } = ruleIn(state, input, 'Name');
  if (targets.size > 0) throw notValid("Rule can't be deleted since it has targets.");
  state.rules.delete(ruleKey(bus, name));
  return { output: {}, footprint: { reads: [], writes: [rulePath(bus, name)] } };
}
