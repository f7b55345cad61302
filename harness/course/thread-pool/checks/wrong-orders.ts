/**
 * What all checks of orders share: what can be wrong with a journal, a table and a dead-letter queue, in sentences.
 *
 * The model of this lab is here: which lines the journal must have, which items the table, and which letters the queue, given what was sent.
 */

import { capital } from '../../../words/phrases.ts';
import type { Failing } from '../../kit/check.ts';
import { isBookable, type OrderState } from '../legacy.ts';
import { changeOfLetter, isSameState, type OrderRun, type Recorded } from '../scenarios/shop.ts';

/** «order o-17» where it has one state, else «version 2 of order o-17». */
function named({ orderId, version }: OrderState, { sent, before }: OrderRun): string {
  const isOnly = ![...sent, ...before].some((other) => other.orderId === orderId && other.version !== version);
  return isOnly ? `order ${orderId}` : `version ${version} of order ${orderId}`;
}

/** What was sent, each state once. */
function statesIn({ sent }: OrderRun): readonly OrderState[] {
  return sent.filter((one, at) => sent.findIndex((other) => isSameState(one, other)) === at);
}

/** A state that legacy could book and has not. `ifRecorded`: the kind of failure if the table has it all the same. */
export function neverBooked<const Failure extends string>(
  run: OrderRun,
  hintId: Failure,
  ifRecorded = hintId,
): Failing<Failure> | null {
  const missing = statesIn(run).filter(
    (one) => isBookable(one) && !run.bookings.some((line) => isSameState(one, line)),
  );
  const [one] = missing;
  if (one === undefined) return null;
  const others = missing.length === 1 ? '' : ` ${missing.length} states in all are missing in its journal.`;
  const isRecorded = run.recorded.some(({ orderId, version }) => orderId === one.orderId && version === one.version);
  const headline = `${capital(named(one, run))} was never booked in legacy: ${whereIs(one, run, isRecorded)}.${others}`;
  return { headline, hintId: isRecorded ? ifRecorded : hintId, about: { names: [one.orderId] } };
}

function whereIs(one: OrderState, run: OrderRun, isRecorded: boolean): string {
  if (isDead(one, run)) return 'its event is in the dead-letter queue';
  return isRecorded ? 'the table has it all the same' : 'its event is gone, and in no dead-letter queue';
}

/** A line of the journal that tells of nothing that was sent. */
export function bookedOtherwise<const Failure extends string>(run: OrderRun, hintId: Failure): Failing<Failure> | null {
  const strange = run.bookings.find((line) => !run.sent.some((one) => isSameState(one, line)));
  if (strange === undefined) return null;
  const { orderId, version, customer, amount } = strange;
  const headline = `Legacy has booked ${amount} for order ${orderId}, version ${version}, customer ${customer}, and no event says so.`;
  return { headline, hintId, about: { names: [orderId] } };
}

/** A state that the journal has twice. */
export function bookedTwice<const Failure extends string>(run: OrderRun, hintId: Failure): Failing<Failure> | null {
  for (const one of statesIn(run)) {
    const lines = run.bookings.filter((line) => isSameState(one, line)).length;
    if (lines < 2) continue;
    const headline = `${capital(named(one, run))} was booked ${lines === 2 ? 'twice' : `${lines} times`} in legacy.`;
    return { headline, hintId, about: { names: [one.orderId], tooOften: true } };
  }
  return null;
}

/** An item of the table that is not the newest state of its order, as legacy has booked it. */
export function recordedOtherwise<const Failure extends string>(
  run: OrderRun,
  hintId: Failure,
): Failing<Failure> | null {
  for (const due of newestOf(run)) {
    const item = run.recorded.find(({ orderId }) => orderId === due.orderId);
    const said = wrongItem(due, item, run);
    if (said !== null) return { headline: said, hintId, about: { names: [due.orderId] } };
  }
  const known = new Set([...run.sent, ...run.before].map(({ orderId }) => orderId));
  const strange = run.recorded.find(({ orderId }) => !known.has(String(orderId)));
  if (strange === undefined) return null;
  const headline = `The table of orders has an item «${String(strange.orderId)}», which is no order of any customer.`;
  return { headline, hintId };
}

function wrongItem(
  due: OrderState | Recorded,
  item: OrderRun['recorded'][number] | undefined,
  run: OrderRun,
): string | null {
  if (item === undefined) return `${capital(named(due, run))} is not in the table.`;
  if (item.version !== due.version)
    return `The table has version ${String(item.version)} of order ${due.orderId}, and its newest is version ${due.version}.`;
  const references =
    'reference' in due
      ? [due.reference]
      : run.bookings.filter((line) => isSameState(due, line)).map((it) => it.reference);
  // Without a line in the journal another check says so.
  if (references.length > 0 && !references.includes(String(item.reference)))
    return `The table has the reference ${String(item.reference)} for ${named(due, run)}, and legacy’s is ${references.join(' or ')}.`;
  if (item.customer === due.customer && item.amount === due.amount) return null;
  return `The table has ${String(item.amount)} of customer ${String(item.customer)} for ${named(due, run)}: it is ${due.amount} of customer ${due.customer}.`;
}

/** The newest state of each order that legacy can book. */
function newestOf(run: OrderRun): readonly (OrderState | Recorded)[] {
  const newest = new Map<string, OrderState | Recorded>();
  for (const one of [...run.before, ...statesIn(run).filter(isBookable)]) {
    const known = newest.get(one.orderId);
    if (known === undefined || known.version < one.version) newest.set(one.orderId, one);
  }
  return [...newest.values()];
}

/** A letter that should not be dead: of a state that legacy can book, or that tells nothing that was sent. */
export function deadWithoutNeed(run: OrderRun): Failing<'dead-without-need'> | null {
  for (const text of run.dead) {
    const told = changeOfLetter(text);
    const sent = told === null ? undefined : run.sent.find((one) => isSameState(one, told));
    if (sent !== undefined && !isBookable(sent)) continue;
    if (sent === undefined) {
      const headline = `A letter in the dead-letter queue tells of no event that was sent: ${text.slice(0, 80)}`;
      return { headline, hintId: 'dead-without-need' };
    }
    const isBooked = run.bookings.some((line) => isSameState(sent, line));
    const state = isBooked ? 'and legacy has booked it' : 'and legacy can book it';
    const headline = `${capital(named(sent, run))} is in the dead-letter queue, ${state}.`;
    return { headline, hintId: 'dead-without-need', about: { names: [sent.orderId] } };
  }
  return null;
}

/** A state that legacy can never book and that no person will hear of. */
export function impossibleIsGone(run: OrderRun): Failing<'impossible-gone'> | null {
  const gone = statesIn(run).find((one) => !isBookable(one) && !isDead(one, run));
  if (gone === undefined) return null;
  const what = `Legacy can’t book ${named(gone, run)}, and the dead-letter queue`;
  const headline = `${what} has ${run.dead.length === 0 ? 'no letter' : 'only other letters'}: no person will hear of it.`;
  return { headline, hintId: 'impossible-gone', about: { names: [gone.orderId] } };
}

function isDead(one: OrderState, { dead }: OrderRun): boolean {
  return dead.some((text) => {
    const told = changeOfLetter(text);
    return told !== null && isSameState(one, told);
  });
}
