/**
 * The events that downstreams write into a trace.
 */

import type { CallId } from '../../contract/answer.ts';

export type DownstreamEvent =
  /** A downstream, a system of the harness that the lab protects, began to work on a request. */
  | {
      readonly kind: 'downstream-entered';
      readonly downstream: string;
      readonly call: CallId;
      readonly request: unknown;
    }
  /** The work is done. `abandoned`: the sender has died and never learns of it. */
  | {
      readonly kind: 'downstream-left';
      readonly downstream: string;
      readonly call: CallId;
      readonly answer: unknown;
      readonly abandoned: boolean;
    };
