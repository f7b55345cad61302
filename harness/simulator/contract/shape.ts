/**
 * The shapes of properties: the closed set of shapes in which resource types are described.
 *
 * Each member of a record is simulated, accepted (harmless, since it would change nothing in a run) or refused by name. This
 * file only describes; check-shape.ts checks values against shapes.
 */

/** A value that passed its check, ready for an API call. */
export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

/** A property's rule. */
export type Member =
  | { readonly treatment: 'simulated' | 'accepted'; readonly shape: Shape }
  /** AWS has the property, the simulator does not. `advice` says what to do instead. */
  | { readonly treatment: 'refused'; readonly advice: string };

export type Members = Readonly<Record<string, Member>>;

export type Shape =
  | {
      readonly kind: 'text';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      /** What a correct text looks like; completes «must be …». */
      readonly says?: string;
      /** Texts that AWS takes and the simulator does not, and what to do instead. */
      readonly refused?: readonly { readonly pattern: RegExp; readonly advice: string }[];
    }
  /** `refused`: values that AWS has and the simulator does not. */
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly refused?: readonly string[] }
  | { readonly kind: 'whole-number'; readonly min?: number; readonly max?: number; readonly of?: readonly number[] }
  /** A number that may have a fraction. */
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'list'; readonly of: Shape; readonly min?: number; readonly max?: number }
  | { readonly kind: 'record'; readonly members: Members; readonly required: readonly string[] }
  /** A map of texts whose keys the learner chooses. */
  | { readonly kind: 'texts'; readonly name: RegExp; readonly says: string; readonly taken: readonly string[] }
  /** A folder in the lab that holds a function's code. */
  | { readonly kind: 'folder' }
  /** An object of any members, which the API takes as JSON text: its value is that text. */
  | { readonly kind: 'json' }
  /** An IAM policy document: who may assume a role, what a role may do, or who may use a resource. */
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
