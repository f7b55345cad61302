/**
 * What a property may hold: the closed set of shapes that resource types are described with.
 *
 * Each member of a record is simulated, accepted (harmless: the simulator's world would not change) or refused by
 * name. Only descriptions; check-shape.ts judges values by them.
 */

/** A value that passed its check: plain data for an API call. */
export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

/** A property's rule. */
export type Member =
  | { readonly treatment: 'simulated' | 'accepted'; readonly shape: Shape }
  /** AWS has it, the simulator does not. `advice` is what to do instead. */
  | { readonly treatment: 'refused'; readonly advice: string };

export type Members = Readonly<Record<string, Member>>;

export type Shape =
  | {
      readonly kind: 'text';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      /** What a right text looks like; completes «must be …». */
      readonly says?: string;
    }
  /** `refused`: values that AWS has and the simulator does not. */
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly refused?: readonly string[] }
  | { readonly kind: 'whole-number'; readonly min?: number; readonly max?: number; readonly of?: readonly number[] }
  | { readonly kind: 'flag' }
  | { readonly kind: 'list'; readonly of: Shape; readonly min?: number; readonly max?: number }
  | { readonly kind: 'record'; readonly members: Members; readonly required: readonly string[] }
  /** Names of the learner's own choice, each with a text. */
  | { readonly kind: 'texts'; readonly name: RegExp; readonly says: string; readonly taken: readonly string[] }
  /** A folder in the lab, for a function's code. */
  | { readonly kind: 'folder' }
  /** An IAM policy document: of who may be a role, of what a role may do, or of who may use a resource. */
  | { readonly kind: 'policy'; readonly of: 'trust' | 'identity' | 'resource' };

export function simulated(shape: Shape): Member {
  return { treatment: 'simulated', shape };
}

export function accepted(shape: Shape): Member {
  return { treatment: 'accepted', shape };
}

export function refused(advice = 'Remove it.'): Member {
  return { treatment: 'refused', advice };
}

export const FLAG: Shape = { kind: 'flag' };
export const TEXT: Shape = { kind: 'text' };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html */
export const TAGS: Shape = {
  kind: 'list',
  max: 50,
  of: {
    kind: 'record',
    members: {
      Key: accepted({ kind: 'text', min: 1, max: 128 }),
      Value: accepted({ kind: 'text', max: 256 }),
    },
    required: ['Key', 'Value'],
  },
};
