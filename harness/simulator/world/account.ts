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
  readonly #states: ReadonlyMap<AnyService, unknown>;

  private constructor(settings: AccountSettings, states: ReadonlyMap<AnyService, unknown>) {
    this.settings = settings;
    this.#states = states;
  }

  /** An account with nothing in it. */
  static empty(settings: AccountSettings): Account {
    return new Account(settings, new Map(SERVICES.map((service) => [service, service.create(settings)])));
  }

  /** A copy for one run. */
  copy(): Account {
    const states = new Map<AnyService, unknown>();
    for (const [service, state] of this.#states) states.set(service, service.copy(state));
    return new Account(this.settings, states);
  }

  /** What a service knows. */
  stateOf<State, Message, Event extends Noted>(service: ServiceModule<State, Message, Event>): State {
    // The map was filled from the services themselves, so a service's state is of the service's type.
    return this.#states.get(service) as State;
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
    const [narrow, wide] = shapesOfArn(arn);
    return SERVICES_BY_ARN.get(narrow) ?? SERVICES_BY_ARN.get(wide) ?? null;
  }

  /** What an ARN stands for, as its owner says. */
  describe(arn: Arn): Described {
    const owner = this.ownerOf(arn);
    return owner?.describe?.(this.stateOf(owner), arn) ?? { is: null, footprint: NO_FOOTPRINT };
  }
}
