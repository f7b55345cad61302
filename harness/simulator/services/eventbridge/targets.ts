/**
 * The calls about a rule's targets: PutTargets, ListTargetsByRule, ListRuleNamesByTarget, RemoveTargets (EB-16, EB-18).
 *
 * Targets are functions, queues, standard topics, streams, and buses of the account. Whether one is there is seen when something is delivered to it, not before.
 */

import type { Input } from '../../contract/answer.ts';
import type { AccountPlace } from '../../contract/arn.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import { busPath, rulePath, rulesPath } from './footprints.ts';
import type { BusOperated } from './messages.ts';
import { constraintBroken, tooManyOfIt } from './refusal.ts';
import { busIn, MEMBERS_OF_EVENTS, namedIn, ruleIn } from './request.ts';
import { type EventBridgeState, type EventRule, type RuleTarget, ruleKey, rulesOf, type TargetInput } from './state.ts';
import { readTargetInput } from './target-input.ts';
import { isStandardQueue, targetKind } from './target-kinds.ts';
import { readTargetParameters } from './target-parameters.ts';

/** EB-05, and https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html for the request. */
const MOST_TARGETS = 5;
const MOST_IN_REQUEST = 10;
/** EB-02: what holds unless a target says otherwise, and how much it may say. */
const RETRY_ATTEMPTS = { min: 0, max: 185 };
const EVENT_AGE_SECONDS = { min: 60, max: 86_400 };

/** A role would be assumed by EventBridge; IAM is not enforced. */
const TARGET_MEMBERS = [
  ...['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'DeadLetterConfig', 'RetryPolicy'],
  ...['SqsParameters', 'KinesisParameters'],
];

/** Adds targets, or replaces those of the same id. */
export function putTargets(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('PutTargets', input, ['Rule', 'EventBusName', 'Targets']);
  const rule = ruleIn(state, input, 'Rule');
  const given = MEMBERS_OF_EVENTS.records(input, 'Targets');
  if (given.length > MOST_IN_REQUEST)
    throw constraintBroken(
      `[${given.length} targets]`,
      'targets',
      `have length less than or equal to ${MOST_IN_REQUEST}`,
    );
  if (given.length === 0) throw constraintBroken('[]', 'targets', 'have length greater than or equal to 1');
  const targets = new Map(rule.targets);
  for (const [place, one] of given.entries()) {
    const target = readTarget(state, one, place);
    targets.set(target.id, target);
  }
  if (targets.size > MOST_TARGETS) throw tooManyOfIt();
  return changed(state, { ...rule, targets });
}

/** `Force` is for rules that AWS manages, and there are none. An id that no target has is passed over. */
export function removeTargets(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('RemoveTargets', input, ['Rule', 'EventBusName', 'Ids', 'Force']);
  const rule = ruleIn(state, input, 'Rule');
  const removed = new Set(MEMBERS_OF_EVENTS.texts(input, 'Ids'));
  return changed(state, { ...rule, targets: new Map([...rule.targets].filter(([id]) => !removed.has(id))) });
}

function changed(state: EventBridgeState, rule: EventRule): BusOperated {
  state.rules.set(ruleKey(rule.bus, rule.name), rule);
  const output = { FailedEntryCount: 0, FailedEntries: [] };
  return { output, footprint: { reads: [], writes: [rulePath(rule.bus, rule.name)] } };
}

export function listTargetsByRule(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('ListTargetsByRule', input, ['Rule', 'EventBusName']);
  const { name, bus, targets } = ruleIn(state, input, 'Rule');
  const output = { Targets: [...targets.values()].map(({ given }) => given) };
  return { output, footprint: { reads: [rulePath(bus, name)], writes: [] } };
}

/** The rules of one bus that have this target, by their names. */
export function listRuleNamesByTarget(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('ListRuleNamesByTarget', input, ['TargetArn', 'EventBusName']);
  const arn = MEMBERS_OF_EVENTS.text(input, 'TargetArn');
  const { name: bus } = busIn(state, input);
  const rules = rulesOf(state, bus).filter(({ targets }) => [...targets.values()].some((target) => target.arn === arn));
  const output = { RuleNames: rules.map(({ name }) => name).sort() };
  return { output, footprint: { reads: [busPath(bus), rulesPath(bus)], writes: [] } };
}

function readTarget(account: AccountPlace, given: Input, place: number): RuleTarget {
  const at = `targets.${place + 1}.member`;
  const id = namedIn(given, 'Id', `${at}.id`);
  const arn = MEMBERS_OF_EVENTS.text(given, 'Arn');
  const kind = targetKind(account, arn);
  checkMembers('a target of a rule', given, TARGET_MEMBERS);
  return {
    ...{ id, arn, kind, ...readRetryPolicy(given), ...readTargetParameters(given, kind, { id, place: at }) },
    input: inputFor(kind, readTargetInput(given, id, at)),
    deadLetterArn: readDeadLetterQueue(given),
    given: structuredCopy(given),
  };
}

/** A bus takes events as they are; AWS documents nothing else for it. */
function inputFor(kind: RuleTarget['kind'], input: TargetInput): TargetInput {
  if (kind === 'event-bus' && input.kind !== 'event') throw unmodelled('An input of a target that is an event bus');
  return input;
}

function readRetryPolicy(given: Input): Pick<RuleTarget, 'maximumRetryAttempts' | 'maximumEventAgeSeconds'> {
  const policy = isGiven(given.RetryPolicy) ? MEMBERS_OF_EVENTS.record(given, 'RetryPolicy') : {};
  return {
    maximumRetryAttempts:
      MEMBERS_OF_EVENTS.integer(policy, 'MaximumRetryAttempts', RETRY_ATTEMPTS) ?? RETRY_ATTEMPTS.max,
    maximumEventAgeSeconds:
      MEMBERS_OF_EVENTS.integer(policy, 'MaximumEventAgeInSeconds', EVENT_AGE_SECONDS) ?? EVENT_AGE_SECONDS.max,
  };
}

/** EB-03. */
function readDeadLetterQueue(given: Input): string | null {
  if (!isGiven(given.DeadLetterConfig)) return null;
  const arn = MEMBERS_OF_EVENTS.optionalText(MEMBERS_OF_EVENTS.record(given, 'DeadLetterConfig'), 'Arn') ?? null;
  if (arn !== null && !isStandardQueue(arn)) throw unmodelled(`The dead-letter queue ${arn} of a target`);
  return arn;
}

/** The caller may change what it has given. */
function structuredCopy(given: Input): Input {
  return JSON.parse(JSON.stringify(given)) as Input;
}
