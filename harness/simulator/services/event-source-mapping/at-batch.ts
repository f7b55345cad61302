/**
 * What a step of a mapping of a stream works with. Types only.
 */

import type { Moment } from '../../contract/moment.ts';
import type { Batch, EventSourceMapping, MappingsState, StreamSettings } from './state.ts';

export interface AtMapping {
  readonly state: MappingsState;
  readonly mapping: EventSourceMapping;
  readonly stream: StreamSettings;
  readonly moment: Moment;
}

export interface AtBatch extends AtMapping {
  readonly batch: Batch;
}
