/**
 * A simulated AWS account with a stack in it: what every run of a scenario begins with.
 *
 * Holds the state of each service, finds the service that a call or an ARN belongs to, and is copied for each run. Runs nothing.
 */

import type { AccountSettings } from '../contract/account-settings.ts';
import type { AwsCall } from '../contract/answer.ts';
import { type AccountPlace, type Arn, shapesOfArn } from '../contract/arn.ts';
import { NO_FOOTPRINT } from '../contract/footprint.ts';
import type { Described } from '../contract/moment.ts';
import type { ServiceModule } from '../contract/service-module.ts';
import type { Noted } from '../contract/trace-entry.ts';
import { SimulatorBug } from '../kernel/bug.ts';
import { type AnyService, SERVICES, SERVICES_BY_API, SERVICES_BY_ARN } from '../services/all.ts';

/** The account and Region that every simulated stack lives in: the documentation's example account. */
export const ACCOUNT_PLACE: AccountPlace = { region: 'us-east-1', accountId: '123456789012' };

export class Account {
  readonly settings: AccountSettings;
  /** What each service knew when this account was copied. Nothing in it is ever changed. */
  readonly #before: ReadonlyMap<object, unknown>;
  /** What each service knows now: its own copy, made when it is first asked for. Most runs ask few services. */
  readonly #states = new Map<object, unknown>();
  /** The owners of ARNs that were looked up. All copies share it, for an ARN belongs to one service for ever. */
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

  /** An account with nothing in it. */
  static empty(settings: AccountSettings): Account {
    return new Account(settings, new Map(SERVICES.map((service) => [service, service.create(settings)])));
  }

  /** A copy. What happens in one is not seen in the other. */
  copy(): Account {
    return new Account(this.settings, this.#states.size === 0 ? this.#before : this.#copies(), this.#owners);
  }

  #copies(): ReadonlyMap<object, unknown> {
    return new Map(
      SERVICES.map((service) => {
        const own = this.#states.get(service);
        return [service, own === undefined ? this.#before.get(service) : service.copy(own)];
      }),
    );
  }

  /** What a service knows. */
  stateOf<State, Message, Event extends Noted>(service: ServiceModule<State, Message, Event>): State {
    // The map was filled by the services themselves, so a service's state is of the service's type.
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

  /** The service that owns an ARN; null if none does. */
  ownerOf(arn: Arn): AnyService | null {
    const known = this.#owners.get(arn);
    if (known !== undefined) return known;
    const [narrow, wide] = shapesOfArn(arn);
    const owner = SERVICES_BY_ARN.get(narrow) ?? SERVICES_BY_ARN.get(wide) ?? null;
    this.#owners.set(arn, owner);
    return owner;
  }

  /** What an ARN stands for, as its owner says. */
  describe(arn: Arn): Described {
    const owner = this.ownerOf(arn);
    return owner?.describe?.(this.stateOf(owner), arn) ?? { is: null, footprint: NO_FOOTPRINT };
  }
}
