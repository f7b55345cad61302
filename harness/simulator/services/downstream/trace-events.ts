/**
 * What downstreams write into a trace.
 */

import type { CallId } from '../../contract/answer.ts';

export type DownstreamEvent =
  /** A system of the harness's own that the lab protects began to work on a request. */
  | {
      readonly kind: 'downstream-entered';
      readonly downstream: string;
      readonly call: CallId;
      readonly request: unknown;
    }
  /** It is done. `abandoned`: the sender is dead and will never know. */
  | {
      readonly kind: 'downstream-left';
      readonly downstream: string;
      readonly call: CallId;
      readonly answer: unknown;
      readonly abandoned: boolean;
    };
