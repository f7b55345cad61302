/**
 * A simulated AWS account with a deployed stack: the initial state of every run of a scenario.
 *
 * Holds the state of each service and finds the service that a call or an ARN belongs to. Each run begins with a copy. This
 * file runs nothing.
 */

import type { AccountSettings } from '../contract/account-settings.ts';
import type { AwsCall } from '../contract/answer.ts';
import { type AccountPlace, type Arn, shapesOfArn } from '../contract/arn.ts';
import { NO_FOOTPRINT } from '../contract/footprint.ts';
import type { Described } from '../contract/moment.ts';
import type { ServiceModule } from '../contract/service-module.ts';
import type { Noted } from '../contract/trace-entry.ts';
import { SimulatorBug } from '../kernel/bug.ts';
import type { PutBack, Restorable } from '../kernel/checkpoint.ts';
import { type AnyService, SERVICES, SERVICES_BY_API, SERVICES_BY_ARN } from '../services/all.ts';

/** The account and Region of every simulated stack: the documentation's example account. */
export const ACCOUNT_PLACE: AccountPlace = { region: 'us-east-1', accountId: '123456789012' };

export class Account implements Restorable {
  readonly settings: AccountSettings;
  /** The states of the services at the last copy or checkpoint of this account. They are never changed. */
  #before: ReadonlyMap<object, unknown>;
  /** The states that have been needed since. Each is a copy made then, since most runs, and most steps, use few services. */
  readonly #states = new Map<object, unknown>();
  /** The owners of ARNs that were looked up. All copies share this map, since the owner of an ARN never changes. */
  readonly #owners: Map<Arn, AnyService | null>;

  private constructor(
    settings: AccountSettings,
    before: ReadonlyMap<object, unknown>,
    owners = new Map<Arn, AnyService | null>(),
  ) {
    this.settings = settings;
    this.#before = before;
    this.#owners = owners;
  }

  /** An account without resources. */
  static empty(settings: AccountSettings): Account {
    return new Account(settings, new Map(SERVICES.map((service) => [service, service.create(settings)])));
  }

  /** Copies the account. A change in one copy is not visible in the other. */
  copy(): Account {
    return new Account(this.settings, this.#states.size === 0 ? this.#before : this.#copies(), this.#owners);
  }

  /** From here on the states as they are now are shared and stay what they are. */
  checkpoint(): PutBack {
    const before = this.#states.size === 0 ? this.#before : new Map([...this.#before, ...this.#states]);
    const putBack = (): true => {
      this.#before = before;
      this.#states.clear();
      return true;
    };
    putBack();
    return putBack;
  }

  #copies(): ReadonlyMap<object, unknown> {
    return new Map(
      SERVICES.map((service) => {
        const own = this.#states.get(service);
        return [service, own === undefined ? this.#before.get(service) : service.copy(own)];
      }),
    );
  }

  /** The state of a service. */
  stateOf<State, Message, Event extends Noted>(service: ServiceModule<State, Message, Event>): State {
    // The services filled the map themselves, so a service's state has the service's type.
    const own = this.#states.get(service) as State | undefined;
    return own ?? this.#copyOf(service);
  }

  #copyOf<State, Message, Event extends Noted>(service: ServiceModule<State, Message, Event>): State {
    const copied = service.copy(this.#before.get(service) as State);
    this.#states.set(service, copied);
    return copied;
  }

  /** The service that a call belongs to. */
  serviceOf(call: AwsCall): AnyService {
    for (const service of SERVICES_BY_API.get(call.service) ?? []) {
      if (service.claims === undefined || service.claims(this.stateOf(service), call)) return service;
    }
    throw new SimulatorBug(`no service takes ${call.operation} of ${call.service}`);
  }

  /** The service that owns an ARN; null if no service does. */
  ownerOf(arn: Arn): AnyService | null {
    const known = this.#owners.get(arn);
    if (known !== undefined) return known;
    const [narrow, wide] = shapesOfArn(arn);
    const owner = SERVICES_BY_ARN.get(narrow) ?? SERVICES_BY_ARN.get(wide) ?? null;
    this.#owners.set(arn, owner);
    return owner;
  }

  /** What an ARN stands for, according to its owner. */
  describe(arn: Arn): Described {
    const owner = this.ownerOf(arn);
    return owner?.describe?.(this.stateOf(owner), arn) ?? { is: null, footprint: NO_FOOTPRINT };
  }
}
