/**
 * Carries out the effects that services ask for. This is the one place that knows what each effect means.
 *
 * It decides nothing and knows no service. Effects are carried out in order, each before the next. A request that one service
 * sends to another is taken in the same step, between two effects of the sender.
 */

import { NOT_SIMULATED } from '../contract/answer.ts';
import type { CodeReport } from '../contract/code.ts';
import type { Choose, CodeEffect, Effect, MakeCall, Offer, Send, Step, Strike, Timer } from '../contract/effect.ts';
import { type Noted, SCENARIO } from '../contract/trace-entry.ts';
import type { Gate, Room } from '../kernel/agenda.ts';
import { invariant, unreachable } from '../kernel/bug.ts';
import type { AnyService } from '../services/all.ts';
import type { TraceEvent } from '../trace.ts';
import { answerWaiting } from './answers.ts';
import type { RunContext } from './context.ts';
import type { LiveEnvironment } from './environments.ts';
import { resumeTimers, stopTimers } from './timers.ts';
import { optionChosen } from './weighted-options.ts';

type AnyEffect = Effect<unknown, Noted>;
type AnyStep = Step<unknown, Noted>;

/** Carries out the effects of a service's step. */
export function follow(context: RunContext, service: AnyService, step: AnyStep, cause: number | null): void {
  context.touch(step.footprint);
  carryOut(context, service, step.effects, cause);
}

/** Carries effects out in order. A note is the cause of the effects after it. */
export function carryOut(
  context: RunContext,
  service: AnyService,
  effects: readonly AnyEffect[],
  cause: number | null,
): void {
  let because = cause;
  for (const effect of effects) because = carryOutOne(context, service, effect, because);
}

/** Returns the cause of the next effect. */
function carryOutOne(context: RunContext, service: AnyService, effect: AnyEffect, cause: number | null): number | null {
  switch (effect.kind) {
    case 'note': {
      // The services declare the events that make up the union, so this event is one of them.
      const noted = context.recorder.note(effect.by, cause, effect.event as TraceEvent);
      return effect.isAside ? cause : noted;
    }
    case 'reply':
      reply(context, effect, cause);
      return cause;
    case 'timer':
      setTimer(context, service, effect, cause);
      return cause;
    case 'cancel':
      context.cancel(context.timers.get(effect.of));
      context.timers.delete(effect.of);
      return cause;
    case 'keep':
      context.keep(context.timers.get(effect.of));
      return cause;
    case 'send':
      send(context, service, effect, cause);
      return cause;
    case 'call':
      makeCall(context, service, effect, cause);
      return cause;
    case 'offer':
      offer(context, service, effect, cause);
      return cause;
    case 'choose':
      choose(context, service, effect, cause);
      return cause;
    case 'strike':
      return strike(context, effect, cause);
    case 'start':
    case 'invoke':
    case 'freeze':
    case 'kill':
      runCode(context, service, effect, cause);
      return cause;
    default:
      return unreachable(effect, 'effect');
  }
}

/** Sends an answer to the service that asked, or to the sender of a call. */
function reply(
  context: RunContext,
  { call, answer }: AnyEffect & { readonly kind: 'reply' },
  cause: number | null,
): void {
  const asking = context.asking.get(call);
  if (asking === undefined) {
    answerWaiting(context, call, answer, cause);
    return;
  }
  context.asking.delete(call);
  const { service } = asking;
  const step = service.answered?.(context.account.stateOf(service), call, answer, context.moment);
  invariant(step !== undefined, `${service.name} asks others and hears no answers`);
  follow(context, service, step, cause ?? asking.cause);
}

function setTimer(context: RunContext, service: AnyService, timer: Timer<unknown>, cause: number | null): void {
  const { of, as, atMs, message, label, isCancellable, gate, latestMs, wait, owner } = timer;
  if (isCancellable) context.cancel(context.timers.get(of));
  if (owner !== undefined) context.deadlineOwners.set(of, owner);
  const waitMs = wait === undefined ? 0 : context.waits.drawMs(wait);
  const plain = { lane: of, label, cause };
  const limited = latestMs === undefined ? plain : { ...plain, latestMs };
  const about = gate === undefined ? limited : { ...limited, gate: gateOf(context, service, gate) };
  const seq = context.schedule(as, atMs - context.clock.nowMs + waitMs, about, () => {
    if (isCancellable) context.timers.delete(of);
    tell(context, service, message, cause);
  });
  if (isCancellable) context.timers.set(of, seq);
}

function gateOf({ account, options }: RunContext, service: AnyService, gate: string): Gate {
  const name = `${service.name}/${gate}`;
  const look = (): Room => {
    const before = options.choices.lookedLike?.(name);
    if (before !== undefined) return before;
    const room = service.roomAt?.(account.stateOf(service), gate);
    invariant(room !== undefined, `${service.name} has timers that wait, and no gates`);
    return room;
  };
  return { name, look };
}

/** Sends a service its own message. */
function tell(context: RunContext, service: AnyService, message: unknown, cause: number | null): void {
  const step = service.on?.(context.account.stateOf(service), message, context.moment);
  invariant(step !== undefined, `${service.name} asks to be told something and does not listen`);
  follow(context, service, step, cause);
}

/** Reports to the service that started an environment what happened to the code in it. */
export function reportToService(
  context: RunContext,
  { service }: Pick<LiveEnvironment, 'service'>,
  report: CodeReport,
  cause: number | null,
): void {
  const step = service.heard?.(context.account.stateOf(service), report, context.moment);
  invariant(step !== undefined, `${service.name} starts code and does not hear of it`);
  follow(context, service, step, cause);
}

function send(context: RunContext, service: AnyService, { to, by, request, call }: Send, cause: number | null): void {
  const owner = context.account.ownerOf(to);
  invariant(owner !== null, `${service.name} sends to «${to}», which no service owns`);
  if (call !== undefined) context.asking.set(call, { service, cause });
  const parcel = { to, by, request, call: call ?? null };
  const step = owner.take?.(context.account.stateOf(owner), parcel, context.moment);
  invariant(step !== undefined, `${owner.name} takes nothing, and ${service.name} sends to «${to}»`);
  follow(context, owner, step, cause);
}

/** A service calls another one's API. The call leaves, takes effect and is answered in this step. */
function makeCall(
  context: RunContext,
  service: AnyService,
  { by, call: { service: api, operation, input }, as: id }: MakeCall,
  cause: number | null,
): void {
  const { account, recorder, moment } = context;
  const target = account.serviceOf({ service: api, operation, input });
  const named = { call: id, service: api, operation, input };
  const sentAs = recorder.note(by, cause, { kind: 'call-sent', ...named });
  const given = target.setOut?.(account.stateOf(target), { by, operation, input }) ?? null;
  if (given !== null) context.touch(given.footprint);
  const call = { id, by, operation, input, number: given?.number ?? null };
  const { answer, effects, footprint } = target.call(account.stateOf(target), call, moment);
  context.touch(footprint);
  const appliedAs = recorder.note(by, sentAs, { kind: 'call-applied', ...named, answer, footprint });
  invariant(answer !== null, `${service.name} calls ${operation}, which is not answered at once`);
  if (!answer.ok && answer.error.code === NOT_SIMULATED) {
    context.refuse(by, appliedAs, { what: answer.error.message, advice: FIDELITY });
    return;
  }
  carryOut(context, target, effects, appliedAs);
  const answeredAs = recorder.note(by, appliedAs, { kind: 'call-answered', call: id, answer });
  const step = service.answered?.(account.stateOf(service), id, answer, moment);
  invariant(step !== undefined, `${service.name} calls others and hears no answers`);
  follow(context, service, step, answeredAs);
}

/** What to do about something that is not simulated. */
export const FIDELITY = 'The page «Simulator fidelity» lists what is.';

function offer(
  context: RunContext,
  service: AnyService,
  { fault, options }: Offer<unknown>,
  cause: number | null,
): void {
  const isOpen = context.faults.mayStrike(fault);
  const chosen = isOpen ? context.options.choices.pick(fault, options.length) : 0;
  if (chosen > 0) context.faults.spend(fault);
  const message = options[chosen] ?? null;
  if (message !== null) tell(context, service, message, cause);
}

function choose(
  context: RunContext,
  service: AnyService,
  { question, options }: Choose<unknown>,
  cause: number | null,
): void {
  const { options: run, account } = context;
  const option = optionChosen(run.choices, question, options, account.settings.isTimed);
  tell(context, service, option.message, cause);
}

function strike(context: RunContext, { fault, by, isUncaused }: Strike, cause: number | null): number | null {
  context.faultsSpent += 1;
  const noted = context.recorder.note(by, isUncaused ? null : cause, { kind: 'fault', fault });
  return isUncaused ? cause : noted;
}

/**
 * Each environment is a realm of three to four megabytes, so more than these fill the heap of the code's process, and no reader can follow a
 * schedule of them. A function that invokes itself without end comes here. Timed runs have the story's own numbers, and no limit.
 */
const MOST_ENVIRONMENTS = 100;

function refuseTooMany(context: RunContext, cause: number | null): void {
  if (context.account.settings.isTimed || context.environments.size < MOST_ENVIRONMENTS) return;
  const running = context.environments.running();
  if (running.length < MOST_ENVIRONMENTS) return;
  const last = running.findLast(({ outstanding }) => outstanding > 0);
  context.refuse(last?.invocation ?? SCENARIO, cause, {
    what: `More than ${MOST_ENVIRONMENTS} execution environments run at once.`,
    advice: 'A function that invokes itself needs an end, and a scenario fewer invocations at once.',
    frame: last?.lastFrame,
  });
}

function runCode(context: RunContext, service: AnyService, effect: CodeEffect, cause: number | null): void {
  const { environments } = context;
  switch (effect.kind) {
    case 'start':
      refuseTooMany(context, cause);
      environments.start(effect.environment, service, cause, effect.first ?? null);
      startEnvironment(context, effect, cause);
      return;
    case 'invoke': {
      const { environment } = effect;
      // The host is told no chain: code that was told the same does the same, wherever its event comes from.
      const { chain: _, ...told } = effect;
      if (!environments.hasBegun(told)) context.command({ ...told, nowMs: context.clock.nowMs });
      for (const resume of environments.thaw(environment, effect, cause)) resume();
      resumeTimers(context, environments.get(environment));
      return;
    }
    case 'freeze':
      stopTimers(context, environments.freeze(effect.environment));
      return;
    case 'kill':
      stopTimers(context, environments.kill(effect.environment));
      context.command({ kind: 'kill', environment: effect.environment });
      return;
    default:
      unreachable(effect, 'effect on code');
  }
}

/** In a timed run the code is loaded when the environment has started; until then its service waits. */
function startEnvironment(
  context: RunContext,
  { environment, process, settings, first, wait }: CodeEffect & { readonly kind: 'start' },
  cause: number | null,
): void {
  const live = context.environments.get(environment);
  const run = () => {
    // It may have been taken back meanwhile: its service made it ahead of any request.
    if (!live.alive) return;
    const start = { kind: 'start', environment, process, settings, nowMs: context.clock.nowMs } as const;
    context.command(first === undefined ? start : { ...start, first });
  };
  const readyMs = context.waits.drawMs(wait);
  const about = { lane: `${environment}/start`, label: `${environment} is made`, cause };
  if (readyMs === 0) run();
  else context.schedule('step', readyMs, about, run);
}
