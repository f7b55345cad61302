/**
 * The simulated Lambda: functions, their execution environments, synchronous and asynchronous invocations.
 *
 * The only entry point of this folder. Layers and the like are refused by name; event source mappings are a service of their own.
 */

import { type CallId, ok } from '../../contract/answer.ts';
import { functionArn, readFunctionName } from '../../contract/arn.ts';

import { type Chained, chainedBy } from '../../contract/event-chain.ts';
import { type Footprint, joined, NO_FOOTPRINT } from '../../contract/footprint.ts';
import { INVOKE_FUNCTION_URL } from '../../contract/function-url.ts';
import { withoutNulls, wrongForm } from '../../contract/member-forms.ts';
import type { Described, Moment } from '../../contract/moment.ts';
import type { Parcel, ServiceCall, ServiceModule, SettingOut } from '../../contract/service-module.ts';
import { notTaken } from '../../contract/service-request.ts';
import { invariant, unreachable } from '../../kernel/bug.ts';
import { admit, roomAt } from './admission.ts';
import { LAMBDA_ALIAS } from './alias-resource.ts';
import { heard, timedOut } from './code-reports.ts';
import { delivered } from './destinations.ts';
import { restartInit } from './environments.ts';
import { LAMBDA_EVENT_INVOKE_CONFIG } from './event-invoke-config-resource.ts';
import { eventDue, queueEvent, runEvent, runEventTwice } from './event-queue.ts';
import { namedPaths, numbersPath, qualifiersPath, settingsPath } from './footprints.ts';
import { functionNamedIn, inAnotherRegion } from './function-name.ts';
import { LAMBDA_FUNCTION } from './function-resource.ts';
import { type InvokeRequest, readInvoke } from './invoke.ts';
import { lambdaLatency } from './latency.ts';
import type { LambdaMessage, LambdaServed, LambdaStep } from './messages.ts';
import { LAMBDA_PERMISSION } from './permission-resource.ts';
import { runWhereChosen } from './placement.ts';
import { provision, provisionAll } from './provisioned-environments.ts';
import { pointedTo, qualifiedName, toldName } from './qualified.ts';
import { loopIn, loopNote, loopRefused } from './recursion.ts';
import { LAMBDA_FORMS } from './request-forms.ts';
import { chooseVersion, onlyVersion } from './routing.ts';
import { isOnSettings, serveSettings } from './settings-operations.ts';
import { showLambda } from './shown.ts';
import { type Candidate, cloneLambda, type LambdaState, newLambda, nextInvocation } from './state.ts';
import type { LambdaEvent } from './trace-events.ts';
import { LAMBDA_TROUBLE } from './trouble.ts';
import { invokeUrl, setOutToUrl } from './url-invocation.ts';
import { LAMBDA_URL } from './url-resource.ts';
import { LAMBDA_VERSION } from './version-resource.ts';

export const LAMBDA: ServiceModule<LambdaState, LambdaMessage, LambdaEvent> = {
  name: 'lambda',
  service: 'Lambda',
  client: {
    package: '@aws-sdk/client-lambda',
    namespace: 'com.amazonaws.lambda',
    endpointPrefix: 'lambda',
    protocol: { kind: 'restJson1' },
  },
  arns: ['lambda:function'],
  resourceTypes: [
    ...[LAMBDA_FUNCTION, LAMBDA_VERSION, LAMBDA_ALIAS, LAMBDA_EVENT_INVOKE_CONFIG, LAMBDA_PERMISSION],
    LAMBDA_URL,
  ],
  faults: ['duplicate', 'recycle'],
  trouble: LAMBDA_TROUBLE,
  latency: lambdaLatency,
  create: (settings) => newLambda({ ...settings, rates: settings.isTimed ? 'enforced' : 'not-enforced' }),
  copy: cloneLambda,
  setOut: (state, { operation, input }) => {
    if (operation === 'Invoke') return numberFor(state, String(input.FunctionName ?? ''));
    return operation === INVOKE_FUNCTION_URL ? setOutToUrl(state, input) : null;
  },
  begin: (state) => provisionAll(state),
  call: serve,
  on,
  roomAt,
  take,
  answered: (state, call, answer) => delivered(state, call, answer),
  heard,
  describe,
  displayNames: ({ displayNames }) => displayNames,
  shown: showLambda,
};

/** Assigns an invocation's number when the call is sent: its name must not depend on which invocation begins first. */
function numberFor(state: LambdaState, functionName: string): SettingOut {
  const { name } = readFunctionName(functionName);
  const reads = [settingsPath(name)];
  if (!state.functions.has(name)) return { number: null, footprint: { reads, writes: [] } };
  return { number: nextInvocation(state, name), footprint: { reads, writes: [numbersPath(name)] } };
}

function serve(state: LambdaState, call: ServiceCall, moment: Moment): LambdaServed {
  const { id, operation, number } = call;
  const input = withoutNulls(call.input);
  // What is not simulated at all is refused by its name, whatever its members are.
  const isKnown = operation === 'Invoke' || operation === INVOKE_FUNCTION_URL || isOnSettings(operation);
  const refused = isKnown ? (wrongForm(input, LAMBDA_FORMS) ?? inAnotherRegion(state, input)) : null;
  if (refused !== null) return { answer: refused, effects: [], footprint: NO_FOOTPRINT };
  if (operation === INVOKE_FUNCTION_URL) return invokeUrl(state, { id, input, number }, moment);
  return operation === 'Invoke'
    ? invoke(state, { id, input, number, ...chainedBy(call.chain) }, moment)
    : serveSettings(state, operation, input, moment);
}

/** Serves an `Invoke`. A call that has no number yet gets it now. An event of a loop is stopped when its turn comes (LS-48). */
function invoke(
  state: LambdaState,
  { id, input, number: known, chain }: Pick<ServiceCall, 'id' | 'input' | 'number'> & Chained,
  moment: Moment,
): LambdaServed {
  const request = readInvoke(state, input);
  if (request.kind === 'answered') {
    const { name, qualifier } = functionNamedIn(input);
    return { answer: request.answer, effects: [], footprint: { reads: namedPaths(name, qualifier), writes: [] } };
  }
  const { functionName: name } = request;
  const passages = request.isEvent ? null : loopIn(state, name, chain);
  if (passages !== null) {
    const footprint = { reads: [settingsPath(name)], writes: [] };
    return { answer: loopRefused(), effects: [loopNote(state, name, passages)], footprint };
  }
  const number = known ?? nextInvocation(state, name);
  const chained = { ...request, ...chainedBy(chain) };
  const served = request.isEvent
    ? queueEvent(state, chained, number, moment.nowMs)
    : admitOrChoose(state, id, chained, number, moment);
  if (known !== null) return served;
  return { ...served, footprint: joined(served.footprint, { reads: [], writes: [numbersPath(name)] }) };
}

/** Admits a synchronous request; one for a weighted alias, as soon as its version is chosen (LS-40). */
function admitOrChoose(
  state: LambdaState,
  call: CallId,
  { functionName, qualifier, pointed, payloadJson, chain }: InvokeRequest,
  number: number,
  moment: Moment,
): LambdaServed {
  const as = (version: string): Candidate => {
    const request = { functionName, version, qualifier, number, payloadJson, ...chainedBy(chain) };
    return { ...request, origin: { kind: 'call', call } };
  };
  const only = onlyVersion(pointed);
  if (only !== null) return admit(state, as(only), moment);
  const choice = chooseVersion(pointed, (version) => ({ kind: 'admit', candidate: as(version) }));
  return { answer: null, effects: [choice], footprint: { reads: namedPaths(functionName, qualifier), writes: [] } };
}

/** Takes a request of another service. */
function take(state: LambdaState, { to, call, request }: Parcel, moment: Moment): LambdaStep {
  switch (request.kind) {
    case 'invoke': {
      invariant(call !== null, 'a synchronous invocation that nothing waits for');
      const { payloadJson, number = null, chain } = request;
      const input = { FunctionName: to, Payload: payloadJson };
      return replying(call, invoke(state, { id: call, input, number, ...chainedBy(chain) }, moment));
    }
    case 'deliver': {
      const { body, number = null, chain } = request;
      const input = { FunctionName: to, InvocationType: 'Event', Payload: body };
      return replying(call, invoke(state, { id: call ?? '', input, number, ...chainedBy(chain) }, moment));
    }
    case 'reserve': {
      const { number, footprint } = numberFor(state, to);
      return replying(call, { answer: ok(number === null ? {} : { number }), effects: [], footprint });
    }
    default:
      return notTaken(request, 'a function');
  }
}

/** The same, with an answer that is already known sent as a reply to the service that asked. */
function replying(call: string | null, { answer, effects, footprint }: LambdaServed): LambdaStep {
  if (answer === null || call === null) return { effects, footprint };
  return { effects: [...effects, { kind: 'reply', call, answer }], footprint };
}

function on(state: LambdaState, message: LambdaMessage, moment: Moment): LambdaStep {
  const { nowMs } = moment;
  switch (message.kind) {
    case 'init-overran':
      return { effects: restartInit(state, message.environment, nowMs), footprint: NO_FOOTPRINT };
    case 'timed-out':
      return timedOut(state, message.invocation, nowMs);
    case 'event-due':
      return eventDue(state, message, moment);
    case 'run-event':
      return message.isDuplicated
        ? runEventTwice(state, message.event, moment)
        : runEvent(state, message.event, moment);
    case 'run-event-as':
      return runEvent(state, message.event, moment, message.version);
    case 'admit': {
      const { candidate } = message;
      invariant(candidate.origin.kind === 'call', 'an event is admitted by its own message');
      return replying(candidate.origin.call, admit(state, candidate, moment));
    }
    case 'provision': {
      const writes = [qualifiersPath(message.functionName)];
      return { effects: provision(state, message.provisionedFor), footprint: { reads: [], writes } };
    }
    case 'run-in':
      return runWhereChosen(state, message, nowMs);
    default:
      return unreachable(message, 'message of Lambda');
  }
}

/** Describes a function, or the version or alias that the ARN names (LS-38). */
function describe(state: LambdaState, arn: string): Described {
  const { name, qualifier } = readFunctionName(arn);
  const footprint: Footprint = { reads: namedPaths(name, qualifier), writes: [] };
  const pointed = pointedTo(state, name, qualifier ?? null);
  if (pointed.length === 0) return { is: null, footprint };
  const own = qualifiedName(functionArn(name, state), qualifier);
  const timeoutMs = Math.max(...pointed.map(({ target }) => target.Timeout * 1_000));
  const shownName = toldName(state, name, qualifier ?? null);
  return { is: { kind: 'function', functionName: name, functionArn: own, shownName, timeoutMs }, footprint };
}
