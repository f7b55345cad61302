/**
 * For tests: two small event sources that follow the contract (`contract/event-source.ts`) and nothing else. One is like a
 * queue: no lanes, and it tracks its items itself, in groups if the test says so. One is like a stream: lanes that are read in order,
 * from positions.
 *
 * Neither delivers its reports to its reader: the test does that.
 */

import type { Arn } from '../../contract/arn.ts';
import {
  type LanePart,
  type Position,
  placeOfKey,
  type Reader,
  type ReaderRequest,
  type SourceDescription,
  type SourceItem,
  type SourceRequest,
} from '../../contract/event-source.ts';
import { unreachable } from '../../kernel/bug.ts';

/** A report of a source, and the reader that it goes to. */
export interface ToldReader {
  readonly to: Arn;
  readonly request: ReaderRequest;
}

export interface SourceForTests {
  readonly description: SourceDescription;
  take(request: SourceRequest, nowMs: number): readonly ToldReader[];
}

type Poll = SourceRequest & { readonly kind: 'poll' };
type Body = Readonly<Record<string, unknown>>;

interface Hidden {
  readonly id: string;
  readonly record: Body;
  handOuts: number;
  /** Null while it can be handed out. */
  hiddenUntilMs: number | null;
}

/**
 * Hands each item out until it is acknowledged; an item that was handed out is hidden for a while. In a queue with groups it also holds up
 * the items behind it whose ids begin with the same letter.
 */
export class QueueForTests implements SourceForTests {
  readonly description: SourceDescription;
  /** The handles that were acknowledged. */
  readonly acknowledged: string[] = [];
  readonly handedBack: string[] = [];
  #reader: Reader | null = null;
  #items: Hidden[] = [];

  constructor(arn: Arn, visibilityTimeoutMs: number, keepsOrderInGroups = false) {
    this.description = {
      ...(keepsOrderInGroups ? { keepsOrderInGroups: true as const } : {}),
      kind: 'event-source',
      arn,
      shownName: 'orders',
      visibilityTimeoutMs,
      lanes: null,
      bodyMember: 'body',
    };
  }

  /** Adds items, each with the further members of its record. */
  put(...items: readonly (readonly [id: string, record: Body])[]): readonly ToldReader[] {
    this.#items.push(...items.map(([id, record]) => ({ id, record, handOuts: 0, hiddenUntilMs: null })));
    return this.#news();
  }

  /** Removes all items, as another receiver would. */
  emptyByAnother(): void {
    this.#items = [];
  }

  /** Shows items again that were hidden for long enough. */
  timePasses(nowMs: number): readonly ToldReader[] {
    const back = this.#items.filter(({ hiddenUntilMs }) => hiddenUntilMs !== null && hiddenUntilMs <= nowMs);
    for (const item of back) item.hiddenUntilMs = null;
    return back.length === 0 ? [] : this.#news();
  }

  get reader(): Reader | null {
    return this.#reader;
  }

  take(request: SourceRequest, nowMs: number): readonly ToldReader[] {
    switch (request.kind) {
      case 'watch':
        this.#reader = request.reader;
        return this.#news();
      case 'poll':
        return this.#poll(request, nowMs);
      case 'acknowledge':
        this.acknowledged.push(...request.handles);
        this.#items = this.#items.filter((item) => !request.handles.includes(handleOf(item)));
        return this.description.keepsOrderInGroups ? this.#news() : [];
      case 'hand-back':
        this.handedBack.push(...request.handles);
        return [];
      default:
        return unreachable(request, 'request to a source');
    }
  }

  /** Delivers an item a second time to a mapping, which starts the invocation of this number. */
  again(id: string, mapping: Arn, number: number, nowMs: number): readonly ToldReader[] {
    const item = this.#items.find((each) => each.id === id) ?? { id, record: {}, handOuts: 0, hiddenUntilMs: null };
    const visibleAgainAtMs = this.#hide(item, nowMs);
    return [{ to: mapping, request: { kind: 'handed-out-again', item: asItem(item), visibleAgainAtMs, number } }];
  }

  #poll({ mapping, most }: Poll, nowMs: number): readonly ToldReader[] {
    const given = this.#mayCome().slice(0, most);
    for (const item of given) this.#hide(item, nowMs);
    const visibleAgainAtMs = nowMs + (this.description.visibilityTimeoutMs ?? 0);
    const items = given.map((item) => asItem(item));
    const news = given.length === 0 ? [] : this.#news();
    return [...news, { to: mapping, request: { kind: 'handed-out', lane: null, items, visibleAgainAtMs, next: null } }];
  }

  #mayCome(): readonly Hidden[] {
    const blocked = new Set<string>();
    return this.#items.filter(({ id, hiddenUntilMs }) => {
      if (hiddenUntilMs !== null && this.description.keepsOrderInGroups) blocked.add(id.slice(0, 1));
      return hiddenUntilMs === null && !blocked.has(id.slice(0, 1));
    });
  }

  #hide(item: Hidden, nowMs: number): number {
    item.handOuts += 1;
    item.hiddenUntilMs = nowMs + (this.description.visibilityTimeoutMs ?? 0);
    return item.hiddenUntilMs;
  }

  #news(): readonly ToldReader[] {
    return this.#reader === null || this.#mayCome().length === 0
      ? []
      : [available(this.#reader, this.description.arn, null)];
  }
}

/** Keeps every item, in lanes; a position is the number of items before it in its lane. Handing out hides nothing. */
export class StreamForTests implements SourceForTests {
  #reader: Reader | null = null;
  readonly #arn: Arn;
  readonly #lanes: Map<string, SourceItem[]>;
  /** Lanes that have ended. */
  readonly #ended = new Set<string>();
  readonly #after = new Map<string, readonly string[]>();
  /** How long it keeps an item that arrives from now on. */
  keepsForMs = Number.POSITIVE_INFINITY;

  constructor(arn: Arn, lanes: readonly string[]) {
    this.#arn = arn;
    this.#lanes = new Map(lanes.map((lane) => [lane, []]));
  }

  get description(): SourceDescription {
    const lanes = [...this.#lanes].map(([name, items]) => {
      const after = this.#after.get(name) ?? [];
      return { name, after, latest: items.at(-1)?.position ?? null };
    });
    const about = { kind: 'event-source', arn: this.#arn, shownName: 'orders', visibilityTimeoutMs: null } as const;
    return { ...about, lanes, bodyMember: 'data', batchInfoMember: 'TestBatchInfo', beginsAtInstants: true };
  }

  /** Ends a lane. Others take its place; they are read after it. */
  end(lane: string, ...children: readonly string[]): readonly ToldReader[] {
    this.#ended.add(lane);
    for (const child of children) {
      this.#lanes.set(child, this.#lanes.get(child) ?? []);
      this.#after.set(child, [...(this.#after.get(child) ?? []), lane]);
    }
    return this.#news(lane, 0);
  }

  /** Adds items to a lane, each with the further members of its record. An item's key is its id without digits. */
  put(lane: string, nowMs: number, ...items: readonly (readonly [id: string, record: Body])[]): readonly ToldReader[] {
    const all = this.#itemsOf(lane);
    for (const [id, record] of items) {
      const position = String(all.length + 1);
      all.push({
        ...asItem({ id, record, handOuts: 1, hiddenUntilMs: null }, position),
        arrivedAtMs: nowMs,
        expiresAtMs: nowMs + this.keepsForMs,
      });
    }
    return this.#news(
      lane,
      0,
      items.map(([id]) => keyOf(id)),
    );
  }

  take(request: SourceRequest): readonly ToldReader[] {
    switch (request.kind) {
      case 'watch':
        this.#reader = request.reader;
        return [...this.#lanes.keys()].flatMap((lane) => this.#news(lane, 0));
      case 'poll':
        return this.#poll(request);
      case 'acknowledge':
        return [];
      case 'hand-back':
        return this.#news(request.lane ?? '', 0);
      default:
        return unreachable(request, 'request to a source');
    }
  }

  #poll({ mapping, lane, part, from, sinceMs = 0, passed = [], most }: Poll): readonly ToldReader[] {
    const name = lane ?? '';
    const behind = this.#itemsOf(name).slice(Number(from ?? 0));
    const mine = behind.filter(
      ({ id, position, arrivedAtMs = 0 }) =>
        arrivedAtMs >= sinceMs &&
        isIn(id, part) &&
        !passed.some((had) => Number(position) <= Number(had.until) && isIn(id, had.part)),
    );
    const items = mine.slice(0, most);
    const isAll = items.length === mine.length;
    const next: Position = (isAll ? behind : items).at(-1)?.position ?? from;
    const end = isAll && this.#ended.has(name) ? ({ isEnd: true } as const) : {};
    const handedOut = { kind: 'handed-out', lane, items, visibleAgainAtMs: Number.POSITIVE_INFINITY, next } as const;
    const request = { ...handedOut, ...end, ...(part === undefined ? {} : { part }) };
    const news = isAll ? [] : this.#news(name, 0, [keyOf(mine[items.length]?.id ?? '')]);
    return [...news, { to: mapping, request }];
  }

  #itemsOf(lane: string): SourceItem[] {
    const items = this.#lanes.get(lane);
    if (items === undefined) throw new Error(`the stream has no lane «${lane}»`);
    return items;
  }

  /** Reports that there are items behind this position, or an end. */
  #news(lane: string, behind: number, keys?: readonly string[]): readonly ToldReader[] {
    if (this.#reader === null || (this.#itemsOf(lane).length <= behind && !this.#ended.has(lane))) return [];
    const { to, request } = available(this.#reader, this.#arn, lane);
    const after = this.#after.get(lane) ?? [];
    return [{ to, request: { ...request, after, ...(keys === undefined ? {} : { keys }) } }];
  }
}

function available({ arn }: Reader, source: Arn, lane: string | null) {
  return { to: arn, request: { kind: 'available', source, lane, isAtOnce: false } } as const;
}

function isIn(id: string, part: LanePart | null | undefined): boolean {
  return !part || placeOfKey(keyOf(id), part.of) === part.place;
}

function keyOf(id: string): string {
  return id.replace(/\d+$/, '');
}

function asItem(item: Hidden, position: Position = null): SourceItem {
  const { id, record, handOuts } = item;
  return { id, handle: handleOf(item), position, handOuts, record: { id, ...record } };
}

/** Each hand-out has another handle. */
function handleOf({ id, handOuts }: Hidden): string {
  return handOuts <= 1 ? `handle of ${id}` : `handle ${handOuts} of ${id}`;
}
