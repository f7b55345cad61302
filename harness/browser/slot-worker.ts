/**
 * A slot in a browser: a worker that holds one execution environment at a time. This is the script that the worker runs.
 *
 * A page has no realms with promise queues of their own, so a whole worker takes the place of one. It lets code run until a
 * message that it has sent to itself arrives: by then every promise waits. Before the prelude begins, it removes the globals
 * that are not part of the language (network, storage, messages).
 */

import type { ModuleFactory } from '../host/prelude/handler.ts';
import type { Realm } from '../host/prelude/index.ts';
import type { RealmSources } from '../host/realm-sources.ts';
import type { RealmSdkFactory, SdkMode } from '../host/sdk/realm-port.ts';
import { encode } from '../host/wire.ts';
import type { HostCommand } from '../simulator/host.ts';
import { removeWorkerGlobals } from './bare-globals.ts';
import type { FromSlot, ToSlot } from './slot-messages.ts';
import { messagesToSelf } from './turns.ts';

type MakeRealm = (sdk: RealmSdkFactory, mode: SdkMode) => Realm;

/** Everything that this script needs of the worker, saved before it is removed. */
interface WorkerScope {
  postMessage(message: FromSlot): void;
  onmessage: ((event: { readonly data: ToSlot }) => void) | null;
  addEventListener(kind: 'unhandledrejection', listen: (event: RejectionEvent) => void): void;
}

interface RejectionEvent {
  readonly reason: unknown;
  preventDefault(): void;
}

const scope = globalThis as unknown as WorkerScope;
const say = scope.postMessage.bind(scope);
// An indirect `eval`, whose code sees no names of this script. A worker has no other way to evaluate a text as a script.
const evaluate = Reflect.get(globalThis, 'eval') as (code: string) => unknown;

class Slot {
  readonly #realm: Realm;
  readonly #sources: RealmSources;
  readonly #modules = new Map<string, ModuleFactory>();
  readonly #waitUntilAllWaits: () => Promise<void>;

  constructor(sources: RealmSources, waitUntilAllWaits: () => Promise<void>) {
    this.#sources = sources;
    this.#waitUntilAllWaits = waitUntilAllWaits;
    const makeRealm = evaluate(sources.prelude) as MakeRealm;
    const sdk = evaluate(sources.sdk) as RealmSdkFactory;
    this.#realm = makeRealm(sdk, sources.sdkMode ?? 'direct');
  }

  begin(runJson: string): void {
    this.#realm.begin(runJson);
  }

  /** Carries a command out and lets all code run until it waits. */
  async deliver(command: HostCommand): Promise<FromSlot> {
    if (command.kind === 'kill') this.#realm.kill();
    else if (command.kind !== 'start') this.#tell(encode(command));
    else if (!(await this.#start(command))) return { kind: 'spoilt' };
    await this.#waitUntilAllWaits();
    return { kind: 'done', reports: this.#realm.collect() };
  }

  rejected(reason: unknown): void {
    this.#realm.rejected(reason);
  }

  #tell(commandJson: string): void {
    this.#realm.deliver(commandJson);
  }

  async #start({ first, ...start }: HostCommand & { readonly kind: 'start' }): Promise<boolean> {
    const { environment, nowMs, settings } = start;
    if (!this.#realm.start(encode(start))) return false;
    const factory = this.#factoryOf(settings.module);
    if (factory !== null) this.#realm.load(factory);
    if (first === undefined) return true;
    await this.#waitUntilAllWaits();
    this.#tell(encode({ kind: 'invoke', environment, nowMs, ...first }));
    return true;
  }

  /** The learner's module, evaluated once; its frames are those under `/var/task`. */
  #factoryOf(name: string): ModuleFactory | null {
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    const module = this.#sources.modules.find((candidate) => candidate.module === name);
    if (module === undefined) return null;
    const factory = evaluate(`${module.code}\n//# sourceURL=/var/task/${name}.js`) as ModuleFactory;
    this.#modules.set(name, factory);
    return factory;
  }
}

function serve(): void {
  const messageBack = messagesToSelf();
  // The browser reports unhandled rejections between the two messages.
  const waitUntilAllWaits = async (): Promise<void> => {
    await messageBack();
    await messageBack();
  };
  let slot: Slot | null = null;
  scope.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    slot?.rejected(event.reason);
  });
  const carryOut = async (order: ToSlot): Promise<FromSlot> => {
    if (order.kind === 'open') slot = new Slot(order.sources, waitUntilAllWaits);
    if (order.kind === 'begin') slot?.begin(encode(order.run));
    if (order.kind === 'deliver' && slot !== null) return slot.deliver(order.command);
    return { kind: 'done', reports: '' };
  };
  scope.onmessage = ({ data }) => void carryOut(data).then(say);
  removeWorkerGlobals();
}

serve();
