/**
 * The rules of «charge twice by hand»: a till sends one order twice, and each of two deliveries looks, calls the gateway, and
 * marks.
 *
 * Pure: moves in, state out. Each delivery does what the lab's starter does. Words and drawing are elsewhere.
 */

export const DELIVERIES = ['debit#1', 'debit#2'] as const;
export type Delivery = (typeof DELIVERIES)[number];

export const PUZZLE_ACTORS = ['till', ...DELIVERIES] as const;
export type PuzzleActor = (typeof PUZZLE_ACTORS)[number];

/** The steps of a delivery, in order. A delivery that finds the order marked ends after its look. */
export type DeliveryStep = 'start' | 'get' | 'ask' | 'put';

export interface DeliveryProgress {
  /** Null before its message is sent, and when it is done. */
  readonly next: DeliveryStep | null;
  /** Whether its look found the order marked; undefined before the look. */
  readonly found: boolean | undefined;
  /** The debit that the gateway made for it. */
  readonly debit: number | undefined;
  readonly done: boolean;
}

export interface DeliveriesState {
  /** How often the till has sent the order. */
  readonly sent: number;
  /** How often money was taken. */
  readonly debits: number;
  readonly marked: boolean;
  readonly deliveries: Readonly<Record<Delivery, DeliveryProgress>>;
  readonly end: 'open' | 'twice' | 'once';
}

const NOT_YET: DeliveryProgress = { next: null, found: undefined, debit: undefined, done: false };

const AT_REST: DeliveriesState = {
  sent: 0,
  debits: 0,
  marked: false,
  deliveries: { 'debit#1': NOT_YET, 'debit#2': NOT_YET },
  end: 'open',
};

/** The state after these moves. A move of an actor that has nothing to do changes nothing. */
export function playDeliveries(moves: readonly PuzzleActor[]): DeliveriesState {
  return moves.reduce(move, AT_REST);
}

function move(state: DeliveriesState, actor: PuzzleActor): DeliveriesState {
  if (actor === 'till') return send(state);
  const progress = state.deliveries[actor];
  switch (progress.next) {
    case 'start':
      return settle(state, actor, { ...progress, next: 'get' });
    case 'get':
      return state.marked
        ? settle(state, actor, { ...progress, found: true, next: null, done: true })
        : settle(state, actor, { ...progress, found: false, next: 'ask' });
    case 'ask': {
      const debits = state.debits + 1;
      return settle({ ...state, debits }, actor, { ...progress, debit: debits, next: 'put' });
    }
    case 'put':
      return settle({ ...state, marked: true }, actor, { ...progress, next: null, done: true });
    case null:
      return state;
  }
}

/** The till sends a message of the order. The second one is another message, and another delivery. */
function send(state: DeliveriesState): DeliveriesState {
  const delivery = DELIVERIES[state.sent];
  if (delivery === undefined) return state;
  return settle({ ...state, sent: state.sent + 1 }, delivery, { ...state.deliveries[delivery], next: 'start' });
}

function settle(state: DeliveriesState, delivery: Delivery, progress: DeliveryProgress): DeliveriesState {
  const deliveries = { ...state.deliveries, [delivery]: progress };
  if (DELIVERIES.some((name) => !deliveries[name].done)) return { ...state, deliveries, end: 'open' };
  return { ...state, deliveries, end: state.debits > 1 ? 'twice' : 'once' };
}
