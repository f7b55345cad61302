/**
 * For tests: a stack that is deployed, and calls in a run on it, one after the other; each is made when the stack has come to rest.
 */

import { expect } from 'vitest';
import type { AwsAnswer, AwsCall, AwsError, Input } from '../../contract/answer.ts';
import { AnsweringHost } from '../../fuzz/answering-host-for-tests.ts';
import { type Choices, inOrder } from '../../kernel/choices.ts';
import type { Trace } from '../../trace.ts';
import { deployAccount } from '../../world/deploy.ts';
import { type ScenarioActor, type ScenarioDesk, type ScenarioOutcome, World } from '../../world.ts';

/** A call; one «at once» is made as soon as the call before it is answered, without waiting for rest, and comes first. */
export interface CallForTests extends AwsCall {
  readonly isAtOnce?: true;
  /** The call is made at once, and comes behind so many steps of the stack. */
  readonly afterSteps?: number;
}

export interface StackRun {
  readonly answers: readonly AwsAnswer[];
  readonly trace: Trace;
}

export interface StackRunOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly accountConcurrency?: number;
  readonly isTimed?: boolean;
}

/** How many steps of the stack come before the next call. */
interface Pace {
  left: number;
}

class OneByOne implements ScenarioActor<readonly AwsAnswer[]> {
  outcome: ScenarioOutcome<readonly AwsAnswer[]> = {};
  readonly #calls: readonly CallForTests[];
  readonly #answers: AwsAnswer[] = [];
  readonly #pace: Pace;
  #todo: (() => void)[] = [];

  constructor(calls: readonly CallForTests[], pace: Pace) {
    this.#calls = calls;
    this.#pace = pace;
  }

  enter(desk: ScenarioDesk): void {
    this.#todo.push(() => this.#act(desk, this.#calls));
  }

  goOn(): void {
    for (const one of this.#todo.splice(0)) one();
  }

  #act(desk: ScenarioDesk, [first, ...rest]: readonly CallForTests[]): void {
    if (first === undefined) {
      this.outcome = { result: this.#answers };
      return;
    }
    const { service, operation, input, isAtOnce, afterSteps } = first;
    const make = () => {
      this.#pace.left = afterSteps ?? 0;
      desk.call(
        ...([service, operation, input] as const),
        (answer) => {
          this.#answers.push(answer);
          this.#todo.push(() => this.#act(desk, rest));
        },
        null,
      );
    };
    if (isAtOnce || afterSteps !== undefined) make();
    else desk.atRest(() => this.#todo.push(make));
  }
}

/** A call of the scenario comes before what the stack has to do, or behind some of it. */
function callsFirst(pace: Pace): Choices {
  const usual = inOrder();
  const next: Choices['next'] = (possible) => {
    const [ofStack, call] = ['cloudformation/', 'call-'].map((lane) =>
      possible.findIndex((event) => event.lane.startsWith(lane)),
    ) as [number, number];
    if (pace.left === 0 || ofStack < 0) return Math.max(0, call);
    pace.left -= 1;
    return ofStack;
  };
  return { record: usual.record, pick: (reason, of) => usual.pick(reason, of), next };
}

/** The stack `shop` is deployed from this template, and these calls are made. */
export async function runOnStack(
  template: string,
  calls: readonly CallForTests[],
  { parameters = {}, accountConcurrency = 1_000, isTimed = false }: StackRunOptions = {},
): Promise<StackRun> {
  const deployed = deployAccount({
    ...{ template, fileName: 'template.yaml', stackName: 'shop', parameters, accountConcurrency, isTimed },
    ...{ epochMs: 1_767_603_600_000, downstreams: [] },
  });
  if (!deployed.ok) return expect.fail(deployed.findings.map(({ message }) => message).join('\n'));
  const pace: Pace = { left: 0 };
  const world = new World({
    ...{ account: deployed.account, faults: {}, seed: 1, host: new AnsweringHost(), choices: callsFirst(pace) },
    ...{ maxSteps: 2_000, frames: false, afresh: true, locate: () => undefined },
  });
  const { trace, result = [], thrown } = await world.run(new OneByOne(calls, pace));
  if (thrown !== undefined) throw thrown;
  return { answers: answersIn(trace, result), trace };
}

/** A call that is refused by name ends the run, and no answer comes. */
function answersIn(trace: Trace, answers: readonly AwsAnswer[]): readonly AwsAnswer[] {
  if (answers.length > 0) return answers;
  return trace.flatMap(({ actor, event }) =>
    actor === 'scenario' && event.kind === 'call-applied' && event.answer !== null ? [event.answer] : [],
  );
}

/** A call of CloudFormation about the stack `shop`. */
export function stackCall(operation: string, input: Input = {}, isAtOnce?: true): CallForTests {
  const call = { service: 'CloudFormation', operation, input: { StackName: 'shop', ...input } };
  return isAtOnce === undefined ? call : { ...call, isAtOnce };
}

/** An update of the stack `shop` to this template. */
export function updateTo(TemplateBody: string, input: Input = {}): CallForTests {
  return stackCall('UpdateStack', { TemplateBody, ...input });
}

/** What the stack made of this update: its events since then, each `logical id: STATUS` and its reason. */
export async function eventsOfUpdate(
  template: string,
  after: string,
  options: StackRunOptions & { readonly input?: Input; readonly before?: readonly CallForTests[] } = {},
): Promise<readonly string[]> {
  const { before = [], input = {} } = options;
  const calls = [...before, updateTo(after, input), stackCall('DescribeStackEvents')];
  const { answers } = await runOnStack(template, calls, options);
  const events = listIn(answeredWith(answers.at(-1)), 'StackEvents').reverse();
  const from = events.findLastIndex(
    ({ LogicalResourceId, ResourceStatus }) => LogicalResourceId === 'shop' && ResourceStatus === 'UPDATE_IN_PROGRESS',
  );
  return events.slice(from).map(wordsOf);
}

function wordsOf({ LogicalResourceId, ResourceStatus, ResourceStatusReason }: Input): string {
  const words = `${String(LogicalResourceId)}: ${String(ResourceStatus)}`;
  if (ResourceStatusReason === undefined) return words;
  return `${words} (${String(ResourceStatusReason).replace(/ID: [0-9a-f-]{36}|RequestToken: [0-9a-f-]{36}/g, '…')})`;
}

/** The members of a list in an output. */
export function listIn(output: Input, member: string): Input[] {
  const list = output[member];
  return Array.isArray(list) ? [...(list as readonly Input[])] : expect.fail(`no list ${member}`);
}

/** The output of an answer; fails the test if AWS refuses the call. */
export function answeredWith(answer: AwsAnswer | undefined): Input {
  if (answer === undefined) return expect.fail('there is no answer');
  return answer.ok ? answer.output : expect.fail(`${answer.error.code}: ${answer.error.message}`);
}

/** The error of an answer; fails the test if AWS accepts the call. */
export function errorOf(answer: AwsAnswer | undefined): AwsError {
  return answer === undefined || answer.ok ? expect.fail('the call was not refused') : answer.error;
}

/** The calls that the stack `shop` has made, in order. */
export function callsOfStack({ trace }: StackRun): readonly AwsCall[] {
  return trace.flatMap(({ actor, event }) =>
    actor === 'stack shop' && event.kind === 'call-sent'
      ? [{ service: event.service, operation: event.operation, input: event.input as Input }]
      : [],
  );
}
