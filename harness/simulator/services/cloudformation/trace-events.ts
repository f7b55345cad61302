/**
 * What stacks write into a trace: what each tells of itself and of its resources.
 */

import type { ResourceStatus, StackStatus } from './state.ts';

export type StackEvent =
  /** The stack passes into another status. */
  | { readonly kind: 'stack-changed'; readonly stack: string; readonly status: StackStatus; readonly reason?: string }
  /** One of its resources does. */
  | {
      readonly kind: 'stack-resource-changed';
      readonly stack: string;
      readonly logicalId: string;
      readonly physicalId: string;
      readonly status: ResourceStatus;
      readonly reason?: string;
    };
